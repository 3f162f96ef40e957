import ArgumentParser
import Foundation
import MezzAudio
import MezzCore
import MezzIngest
import MezzMedia

/// `mezz loudness`: how loud each sound track is, and its dialogue.
struct LoudnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loudness", abstract: "Measure each sound track's loudness, dialogue and peaks.",
        discussion: """
            Loudness by ITU-R BS.1770-5, range by EBU Tech 3342, true peaks four times oversampled. A speech detector \
            tells speech, music and the rest by half seconds; dialogue is measured over its stretches without level \
            gates. With --spec or --target the exit code is 1 when a track misses it.
            """)

    @Argument(help: "A media file, with or without a picture.")
    var source: String

    @Option(help: ArgumentHelp("Measure this stream alone, by its number in the file.", valueName: "n"))
    var stream: Int?

    @Option(
        help: ArgumentHelp(
            "Hold the tracks against a rule: \(LoudnessSpec.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "rule"))
    var spec: LoudnessSpec?

    // A loudness begins with a minus, which is no option's.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The loudness to hold them against instead of the rule's.", valueName: "LKFS"))
    var target: Double?

    @Flag(help: "Count a single channel twice, as it sounds from two loudspeakers.")
    var dualMono = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: ArgumentHelp("Draw loudness over time, with speech and music.", valueName: "file.svg"))
    var svg: String?

    @Flag(help: .hidden)
    var evidence = false

    func validate() throws {
        if let target, !(-70...0).contains(target) { throw ValidationError("--target lies between -70 and 0") }
        if target != nil, spec == .off { throw ValidationError("--spec off asks for no loudness: leave out --target") }
        if let stream, stream < 0 { throw ValidationError("--stream is 0 or more") }
    }

    func run() async throws {
        if let svg { try ResultFile(path: svg).check() }
        let path = try SourceFile.check(source).path
        let runner = ToolRunner(tools: try await Tooling.find([.ffprobe, .ffmpeg]))
        let tracks = try chosen(try await TrackList(runner: runner).read(path))
        if evidence {
            return try await SpeechEvidence(runner: runner).read(path, stream: tracks[0].stream) { Output.line($0) }
        }
        let outcomes = try await measure(tracks, of: path, runner)
        let report = LoudnessReport(source: source, rule: rule, spec: spec, tracks: tracks, outcomes: outcomes)
        if let svg { try ResultFile(path: svg).write(LoudnessPlot(report).svg) }
        if json { Output.json(report) } else { Output.line(LoudnessTable(report).text) }
        if !report.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }

    /// `nil` when nothing is asked of the tracks.
    private var rule: LoudnessRule? {
        guard spec != nil || target != nil else { return nil }
        let rule = spec.map(\.rule) ?? .standard
        return target.map { rule?.targeting($0) } ?? rule
    }

    private func chosen(_ tracks: [TrackList.Track]) throws(Failure) -> [TrackList.Track] {
        guard let stream else { return tracks }
        guard let track = tracks.first(where: { $0.stream == stream }) else {
            let known = tracks.map { String($0.stream) }.joined(separator: ", ")
            throw Failure(
                .usage, what: "there is no sound in this stream", place: "--stream \(stream)",
                remedy: "the sound tracks are streams \(known)")
        }
        return [track]
    }

    private func measure(
        _ tracks: [TrackList.Track], of path: String, _ runner: ToolRunner
    ) async throws -> [TrackOutcome] {
        let (streams, dualMono) = (tracks.map(\.stream), dualMono)
        let width = min(4, ProcessInfo.processInfo.activeProcessorCount)
        return try await Interruptible.run {
            Output.error("stopping")
        } _: {
            try await LoudnessMeter(runner: runner).survey(path, streams: streams, width: width, dualMono: dualMono)
        }
    }
}

extension LoudnessSpec: ExpressibleByArgument {}
