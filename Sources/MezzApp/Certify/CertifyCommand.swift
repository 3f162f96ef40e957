import ArgumentParser
import Foundation
import MezzCertify
import MezzCore
import MezzMedia

/// `mezz certify`: streams at a level's extremes.
struct CertifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify", abstract: "Build streams at the extremes of a level, to try decoders and players with.",
        discussion: """
            The folder holds a short MP4 for each extreme (the most bits, the largest, widest, tallest and smallest \
            pictures, references, a change of size, tiles, slices, HDR10, film grain: what the codec has) and \
            index.json. Each is held against its level by the stream analyser and decoded by every decoder at hand: \
            FFmpeg's, and dec265 and dav1d where they are installed; their pictures must be equal. bits %, size % and \
            rate % are shares of the level's bitrate, samples of a picture and samples a second. docs/certification.md \
            says more.
            """)

    @Option(help: ArgumentHelp("avc, hevc or av1.", valueName: "name"))
    var codec: String

    @Option(help: ArgumentHelp("A level of the codec, such as 4.1.", valueName: "level"))
    var level: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to make; it must not be there yet.", valueName: "dir"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "Frames of a stream at most; never more than two seconds, and fewer of large pictures.", valueName: "n"))
    var frames = CertificationPlan.Budget().frames

    @Flag(help: "Print the index as JSON.")
    var json = false

    func validate() throws {
        let fewest = CertificationPlan.Budget.fewest
        guard (fewest...600).contains(frames) else { throw ValidationError("--frames takes \(fewest) to 600") }
    }

    func run() async throws {
        let plan = try plan()
        let runner = ToolRunner(tools: try await Tooling.find([.ffmpeg]))
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let certification = Certification(
            encoder: CertificationEncoder(runner: runner, verify: StreamVerdict.init(path:)),
            decoders: try await StreamDecoders.find(runner: runner, programs: ClientRunner(path: path)))
        let folder = output
        let work: @Sendable () async throws -> CertificationIndex = {
            try await certification.run(plan, into: folder) { Output.error("building \($0.purpose.rawValue)") }
        }
        let index = try await Interruptible.run(onSignal: {}, work)
        if json {
            Output.write(String(decoding: try index.encoded(), as: UTF8.self), to: .standardOutput)
        } else {
            Output.line(CertificationTable(index: index).text)
        }
        if !index.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }

    private func plan() throws(Failure) -> CertificationPlan {
        guard let family = CodecFamily(rawValue: codec.lowercased()) else {
            throw Failure(
                .usage, what: "there is no such codec", place: codec.printable,
                remedy: "choose one of " + CodecFamily.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return CertificationPlan(
            try CertificationLevel.named(level, of: family), budget: CertificationPlan.Budget(frames: frames))
    }
}
