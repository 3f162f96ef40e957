package import MezzCore
package import MezzMedia
package import MezzPixels

/// Reads a whole source once and writes down every frame.
package struct Indexer: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// What one pass over the source found.
    package struct Result: Sendable {
        package let index: FrameIndex
        package let shots: [Shot]
        package let seek: SourceSeek
        package let findings: [Finding]
    }

    /// - Parameters:
    ///   - checksSeek: Whether to try jumping into the source; without, `seek` is `beginning`.
    ///   - progress: Called with the number of frames read so far.
    /// - Throws: `Failure` with `input` when nothing can be decoded.
    package func index(
        _ path: String, video: VideoStreamInfo, checksSeek: Bool = true, progress: (Int) -> Void
    ) async throws -> Result {
        var statistics = ThumbnailStatistics()
        var index = FrameIndex()
        var scanner = ShotScanner()
        let tail = try await read(path, video) { frame, bytes in
            index.entries.append(statistics.entry(for: bytes))
            scanner.add(bytes)
            if frame % 32 == 0 { progress(frame) }
        }
        guard index.count > 0 else {
            throw Failure(
                .input, what: "no frame could be decoded", place: path.printable, remedy: "export the file again",
                detail: tail.joined(separator: "\n"))
        }
        progress(index.count)
        let reader = SourceReader(path: path, video: video, seek: .container)
        let exact =
            checksSeek ? try await SeekCheck(runner: runner, reader: reader, index: index).passes() : false
        return Result(
            index: index, shots: ShotDetector().shots(scanner.finish(), frames: index.count),
            seek: exact ? .container : .beginning,
            findings: DecodeFindings.findings(decoded: index.count, expected: video.expectedFrames, messages: tail))
    }

    private func read(
        _ path: String, _ video: VideoStreamInfo, frame: (Int, UnsafeRawBufferPointer) -> Void
    ) async throws -> [String] {
        let filters = (video.filters + [Thumbnail.filters]).joined(separator: ",")
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(path)
            + ["-map", "0:\(video.stream)", "-vf", filters, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
        var frames = FrameAssembler(frameBytes: Thumbnail.bytes)
        let command = ToolCommand(.ffmpeg, arguments, subject: path.printable)
        let result = try await runner.run(command) { frames.append($0, frame) }
        return result.errorTail
    }
}
