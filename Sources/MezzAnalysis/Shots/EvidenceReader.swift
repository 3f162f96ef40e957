package import MezzCore
package import MezzMedia
import MezzPixels

/// Reads a source and lists what the detector measures of every candidate: what the weights are fitted to.
package struct EvidenceReader: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// - Parameter line: Called with one line a candidate: its first new frame, the frames from the last old one to it
    ///   (1: a step that may be a cut) and the measurements, parted by spaces.
    /// - Throws: `Failure` when the source cannot be decoded.
    package func read(_ path: String, video: VideoStreamInfo, line: (String) -> Void) async throws {
        let filters = (video.filters + [Thumbnail.filters]).joined(separator: ",")
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(path)
            + ["-map", "0:\(video.stream)", "-vf", filters, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
        var frames = FrameAssembler(frameBytes: Thumbnail.bytes)
        var scanner = ShotScanner(observed: true)
        _ = try await runner.run(ToolCommand(.ffmpeg, arguments, subject: path.printable)) { bytes in
            frames.append(bytes) { _, thumbnail in scanner.add(thumbnail) }
        }
        _ = scanner.finish()
        for candidate in scanner.candidates {
            let values = candidate.measurements.map { "\($0)" }
            line((["\(candidate.frame)", "\(candidate.span)"] + values).joined(separator: " "))
        }
    }
}
