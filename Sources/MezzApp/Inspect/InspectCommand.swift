import ArgumentParser
import MezzCore
import MezzIngest
import MezzMedia

/// `mezz inspect`: what a source declares and whether it can be encoded.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show a source's streams, colour, timing and findings.")

    @Argument(help: "A media file.")
    var source: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let tools = try await Tooling.find([.ffprobe])
        let info = try await Inspector(runner: ToolRunner(tools: tools)).inspect(source)
        let inspection = Inspection(info)
        if json { Output.json(inspection) } else { Output.line(inspection.text) }
        if !inspection.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }
}

/// The result in the shape of the command's JSON.
struct Inspection: Encodable {
    enum Stream: Encodable {
        case video(VideoStreamInfo)
        case audio(AudioStreamInfo)

        private enum Keys: String, CodingKey { case type }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            switch self {
            case .video(let info):
                try container.encode("video", forKey: .type)
                try info.encode(to: encoder)
            case .audio(let info):
                try container.encode("audio", forKey: .type)
                try info.encode(to: encoder)
            }
        }
    }

    let passed: Bool
    let container: String
    let streams: [Stream]
    let findings: [Finding]
    private let info: SourceInfo

    private enum CodingKeys: String, CodingKey { case passed, container, streams, findings }

    init(_ info: SourceInfo) {
        self.info = info
        container = info.container
        streams = [.video(info.video)] + info.audio.map(Stream.audio)
        findings = info.findings
        passed = !info.findings.contains { $0.severity == .error }
    }

    var text: String {
        let video = info.video
        var lines = [
            "container  \(info.container), \(info.bytes) bytes",
            "video      stream \(video.stream): \(video.codec) \(video.coded), shown as \(video.display), "
                + "\(video.frameRate) frames/s, \(video.pixelFormat) (\(video.bitDepth) bit)",
            "colour     primaries \(video.color.primaries ?? "unspecified"), transfer "
                + "\(video.color.transfer ?? "unspecified"), matrix \(video.color.matrix ?? "unspecified"), range "
                + "\(video.color.range ?? "unspecified")",
        ]
        lines += info.audio.map {
            "audio      stream \($0.stream): \($0.codec), \($0.channels) channels (\($0.layout ?? "no layout")), "
                + "\($0.sampleRate) Hz, \($0.language), starts \($0.startSeconds) s after the picture"
        }
        lines += info.findings.map { "\($0.severity.rawValue): \($0.message.printable) (\($0.code)): \($0.remedy)" }
        return lines.joined(separator: "\n")
    }
}
