import ArgumentParser
import MezzCore
import MezzMedia

/// `mezz vmaf`: how good encodes are, frame by frame.
struct VMAFCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vmaf", abstract: "Score encodes against their reference with VMAF.",
        discussion: """
            Frames pair by number, never by time stamp. An encode of another size is scaled to the reference's \
            (bicubic), one of another depth or chroma is converted to it. Several -d share the reference's decode and \
            analysis.
            """)

    @OptionGroup(title: "Videos")
    var videos: VMAFVideos

    @OptionGroup(title: "Measuring")
    var measuring: VMAFMeasuring

    @OptionGroup(title: "Results")
    var results: VMAFResults

    func run() async throws {
        try results.checkFolders()
        let runner = ToolRunner(tools: try await Tooling.find([.ffmpeg, .ffprobe]))
        let progress = VMAFProgress()
        defer { progress.finish() }
        let (videos, measuring, wantsShots) = (videos, measuring, results.plot != nil)
        let report = try await Interruptible.run {
            progress.note("stopping")
        } _: {
            let sources = try await videos.open(runner) { progress.note("warning: " + $0) }
            let session = VMAFSession(
                runner: runner, sources: sources, videos: videos, measuring: measuring, wantsShots: wantsShots,
                progress: progress)
            return try await session.run()
        }
        progress.finish()
        try results.write(report)
    }
}
