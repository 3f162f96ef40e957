import ArgumentParser
import Foundation
import MezzAudio
import MezzCore
import MezzIngest
import MezzMedia

/// `mezz adm`: what an ADM BWF holds and what is wrong with it; rendered, and delivered as IAMF.
struct ADMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adm", abstract: "List and check immersive sound (ADM BWF), render it, deliver it as IAMF.",
        discussion: """
            Beds and objects by ITU-R BS.2076, with the common definitions of BS.2094. Rendering is by ITU-R BS.2127, \
            with the EBU ADM Renderer (make adm installs it). The exit code is 1 when a finding is an error, and 65 when \
            the file holds no ADM.
            """)

    @Argument(help: "A WAVE file (RIFF, RF64 or BW64) with ADM.")
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Render to a layout: \(ImmersiveLayout.allCases.map(\.rawValue).joined(separator: ", ")). "
                + "Writes WAVE with floats; of --iamf, what is delivered.", valueName: "layout"))
    var render: ImmersiveLayout?

    @Option(
        help: ArgumentHelp(
            "Deliver as IAMF with this codec: opus or flac. In MP4 where the output's name ends with .mp4.",
            valueName: "codec"))
    var iamf: IAMFCodec?

    @Option(help: ArgumentHelp("The audioProgramme to render; the first one by default.", valueName: "id"))
    var programme: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String?

    func validate() throws {
        if (render != nil || iamf != nil) != (output != nil) {
            throw ValidationError("-o names the file that --render or --iamf writes: give both")
        }
        if programme != nil, output == nil { throw ValidationError("--programme chooses what --render renders") }
    }

    func run() async throws {
        if let output { try ResultFile(path: output).check() }
        let path = try SourceFile.check(file).path
        let adm = try ADMFile(path)
        var report = ADMReport(source: file, adm: adm)
        if let output {
            let delivery = try await Interruptible.run {
                Output.error("stopping")
            } _: {
                try await deliver(path, output)
            }
            report.rendering = delivery.rendering
            report.iamf = delivery.iamf
        }
        if json { Output.json(report) } else { Output.line(ADMTable(report).text) }
        if !report.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }

    /// Everything is made beside the output, and renamed when it is whole.
    private func deliver(_ path: String, _ output: String) async throws -> (
        rendering: ADMRendering, iamf: IAMFDelivery?
    ) {
        let discovery = try await Tooling.find([.ffprobe, .ffmpeg, .ear])
        let runner = ToolRunner(tools: discovery)
        let layout = render ?? .sevenOneFour
        let target = URL(fileURLWithPath: output).standardizedFileURL
        let folder = target.deletingLastPathComponent().path + "/.mezz-adm-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let wave = folder + "/rendered.wav"
        let rendering = try await ADMRenderer(runner: runner)
            .render(path, to: layout, programme: programme, into: wave, in: folder)
        guard let iamf else {
            try replace(target, by: wave)
            return (rendering, nil)
        }
        let part = folder + "/out." + (target.pathExtension.lowercased() == "mp4" ? "mp4" : "iamf")
        let delivery = try await IAMFEncoder(runner: runner)
            .encode(wave, layout: layout, codec: iamf, into: part, in: folder)
        try replace(target, by: part)
        return (rendering, delivery)
    }

    private func replace(_ target: URL, by path: String) throws {
        guard rename(path, target.path) == 0 else {
            throw Failure(
                .failed, what: "cannot be written", place: target.path.printable,
                remedy: "name a file in a folder that can be written")
        }
    }
}

extension ImmersiveLayout: ExpressibleByArgument {}
extension IAMFCodec: ExpressibleByArgument {}
