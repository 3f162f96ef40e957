import MezzCore
import MezzMedia
import MezzPixels

/// The one decode: thumbnails of all frames through standard output, sampled pairs through a named pipe.
struct IndexPass {
    let runner: ToolRunner
    let path: String
    let video: VideoStreamInfo

    struct Outcome {
        let pairs: [PairMeasurement]
        /// The decoder's last words.
        let messages: [String]
    }

    var sampling: PairSampling { PairSampling(video: video) }

    /// - Parameter frame: Called for each thumbnail in order.
    /// - Throws: `Failure` when FFmpeg fails; `CancellationError`.
    func run(_ frame: (Int, UnsafeRawBufferPointer) -> Void) async throws -> Outcome {
        let folder = try TemporaryFolder("index")
        defer { folder.remove() }
        let pipe = try FramePipe(path: folder.path + "/pairs.pipe")
        async let pairs = PairReader(pipe, sampling: sampling).run()
        var frames = FrameAssembler(frameBytes: Thumbnail.bytes)
        let messages: [String]
        do {
            messages = try await runner.run(command(pipe: pipe.path)) { frames.append($0, frame) }.errorTail
        } catch {
            pipe.cancel()
            throw error
        }
        pipe.writerEnded()
        let outcome = await pairs
        runner.account(cpuSeconds: outcome.cpuSeconds)
        return Outcome(pairs: outcome.pairs, messages: messages)
    }

    private func command(pipe: String) -> ToolCommand {
        let filters = ["[0:\(video.stream)]" + (video.filters + ["split[sight][sample]"]).joined(separator: ",")]
        let graph =
            filters + ["[sight]\(Thumbnail.filters)[prints]"]
            + sampling.chains(from: "[sample]", to: "[pairs]")
        // Handing out slices of pictures this small costs more than it saves.
        let arguments =
            FFmpegCommand.preamble + ["-filter_complex_threads", "1"] + FFmpegCommand.input(path)
            + ["-filter_complex", graph.joined(separator: ";")] + Self.output("[prints]", to: "pipe:1")
            + Self.output("[pairs]", to: "file:" + pipe)
        return ToolCommand(.ffmpeg, arguments, subject: path.printable)
    }

    private static func output(_ label: String, to place: String) -> [String] {
        ["-map", label, "-fps_mode", "passthrough", "-f", "rawvideo", place]
    }
}
