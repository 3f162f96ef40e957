import ArgumentParser
import Foundation
import MezzAnalysis
import MezzAudio
import MezzCore
import MezzIngest
import MezzMedia

/// `mezz analyze`: how hard a source is to encode, and how loud it is.
struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Measure a source's complexity by shot, and the loudness of its sound.",
        discussion: """
            Decodes the picture once and each sound track once. Detail (variance of the Laplacian) and motion (samples \
            a frame by optical flow) are measured at a reduced size, grain at the source's own. The score joins detail \
            and motion: below 10 simple animation, below 30 moderate animation, below 60 live-action dialogue, below \
            100 action, above it high action.
            """)

    @Argument(help: "A media file.")
    var source: String

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print CSV, one line a shot.")
    var csv = false

    func validate() throws {
        guard !(json && csv) else { throw ValidationError("choose one of --json and --csv") }
    }

    func run() async throws {
        let runner = ToolRunner(tools: try await Tooling.find([.ffprobe, .ffmpeg]))
        let info = try await Inspector(runner: runner).inspect(source)
        guard !info.findings.contains(where: { $0.severity == .error }) else {
            for finding in info.findings { Output.error("\(finding.severity.rawValue): \(finding.message.printable)") }
            throw ExitCode(ExitStatus.rejected.rawValue)
        }
        let progress = VMAFProgress()
        defer { progress.finish() }
        let source = source
        // CSV tells of shots alone.
        let tracks = csv ? [] : info.audio
        let analysis = try await Interruptible.run {
            progress.note("stopping")
        } _: {
            progress.begin("frame", total: info.video.expectedFrames > 0 ? info.video.expectedFrames : nil)
            let result = try await Indexer(runner: runner).index(source, video: info.video, checksSeek: false) {
                progress.advance(to: $0)
            }
            let audio = try await Self.loudness(of: tracks, in: source, runner, progress)
            return Analysis(
                frameRate: info.video.frameRate, shots: zip(result.shots, result.complexity).map { ($0, $1) },
                credits: result.credits, title: result.title, audio: audio)
        }
        progress.finish()
        if json {
            Output.json(analysis)
        } else if csv {
            Output.write(AnalysisTable(analysis).csv, to: .standardOutput)
        } else {
            Output.line(AnalysisTable(analysis).text)
        }
    }

    private static func loudness(
        of tracks: [AudioStreamInfo], in source: String, _ runner: ToolRunner, _ progress: VMAFProgress
    ) async throws -> [Analysis.Audio] {
        let meter = LoudnessMeter(runner: runner)
        var measured: [Analysis.Audio] = []
        for track in tracks {
            do {
                let loudness = try await meter.measure(source, stream: track.stream)
                measured.append(Analysis.Audio(track: track, loudness: loudness))
            } catch let failure as Failure where failure.status == .failed {
                // A track that cannot be measured does not take the picture's numbers away.
                progress.note("warning: stream \(track.stream): \(failure.what.printable)")
                measured.append(Analysis.Audio(track: track, loudness: nil))
            }
        }
        return measured
    }
}
