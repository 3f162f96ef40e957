import ArgumentParser
import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzPipeline

/// `mezz ladder`: the ladder without the final encode.
struct LadderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ladder", abstract: "Compute the ladder and every operating point, without the final encode.",
        discussion: """
            Trial encodes are kept: a later encode, or another ladder of the same source, does not repeat them. \
            Bitrates and VMAF are what the model predicts; the JSON has the shape of report.json.
            """)

    @Argument(help: "The mezzanine: a file that FFmpeg reads.")
    var source: String

    @OptionGroup(title: "Ladder")
    var options: LadderOptions

    @OptionGroup(title: "Trial encodes")
    var trials: TrialCacheOptions

    @Option(help: ArgumentHelp("Draw rate against quality into an SVG file.", valueName: "file"))
    var plot: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Share the state of an encode into this folder. (default: none kept)", valueName: "dir"))
    var output: String?

    @Option(help: ArgumentHelp("Tasks at once. (default: the number of cores)", valueName: "n"))
    var workers: Int?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let workers, workers < 1 || workers > 1024 { throw ValidationError("--workers takes 1 to 1024") }
    }

    func run() async throws {
        let path = try SourceFile.check(source).path
        var spec = try options.spec()
        spec.endsAtLadder = true
        if let plot { try ResultFile(path: plot).check() }
        let session = EncodeSession(
            source: path, output: output, spec: spec, tools: try await Tooling.find([.ffmpeg, .ffprobe]),
            slots: workers ?? ProcessInfo.processInfo.activeProcessorCount, trials: try trials.open())
        let report = try await session.ladder()
        if let plot { try ResultFile(path: plot).write(LadderPlot(report: report).svg) }
        if json {
            Output.write(String(decoding: try report.encoded(), as: UTF8.self), to: .standardOutput)
        } else {
            Output.line(LadderTable(report: report).text)
        }
    }
}
