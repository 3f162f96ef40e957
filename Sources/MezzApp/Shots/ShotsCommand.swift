import ArgumentParser
import Foundation
import MezzAnalysis
import MezzCore
import MezzIngest
import MezzMedia

/// `mezz shots`: where a source's shots begin.
struct ShotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shots", abstract: "List a source's shots: cuts, dissolves, fades and wipes.",
        discussion: """
            Decodes the source once. Credits that stand as text on an even ground are listed as ranges. A shot that opens with a dissolve or a wipe begins in its middle, one that opens \
            with a fade where the picture begins to come back. The CSV has the columns of PySceneDetect's scene list, \
            the EDL is CMX 3600.
            """)

    @Argument(help: "A media file.")
    var source: String

    @Option(
        help: ArgumentHelp(
            "Join shots shorter than this many frames, or seconds, to a neighbour: 12, 0.5s.",
            valueName: "length"))
    var minShot: ShotLength = .frames(2)

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print CSV.")
    var csv = false

    @Flag(help: "Print an edit decision list.")
    var edl = false

    @Flag(help: .hidden)
    var evidence = false

    func validate() throws {
        guard [json, csv, edl, evidence].filter({ $0 }).count <= 1 else {
            throw ValidationError("choose one of --json, --csv and --edl")
        }
    }

    func run() async throws {
        let runner = ToolRunner(tools: try await Tooling.find([.ffprobe, .ffmpeg]))
        let info = try await Inspector(runner: runner).inspect(source)
        guard !info.findings.contains(where: { $0.severity == .error }) else {
            for finding in info.findings { Output.error("\(finding.severity.rawValue): \(finding.message.printable)") }
            throw ExitCode(ExitStatus.rejected.rawValue)
        }
        if evidence {
            try await EvidenceReader(runner: runner).read(source, video: info.video) { Output.line($0) }
            return
        }
        let result = try await Indexer(runner: runner).index(
            source, video: info.video, shortestShot: minShot.frames(at: info.video.frameRate), checksSeek: false
        ) { _ in }
        let list = ShotList(
            source: source, frames: result.shots.last?.frames.end ?? 0, frameRate: info.video.frameRate,
            shots: result.shots, credits: result.credits, complexity: result.complexity)
        if json {
            Output.json(list)
        } else if csv {
            Output.write(list.csv, to: .standardOutput)
        } else if edl {
            Output.write(list.edl, to: .standardOutput)
        } else {
            Output.line(list.text)
        }
    }
}
