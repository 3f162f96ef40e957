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
        package let credits: [Credits]
        /// One value a shot, in the same order.
        package let complexity: [ShotComplexity]
        package let title: TitleComplexity
        package let seek: SourceSeek
        package let findings: [Finding]
    }

    /// - Parameters:
    ///   - shortestShot: Frames below which a shot is joined to its neighbour across the less sure boundary.
    ///   - checksSeek: Whether to try jumping into the source; without, `seek` is `beginning`.
    ///   - progress: Called with the number of frames read so far.
    /// - Throws: `Failure` with `input` when nothing can be decoded.
    package func index(
        _ path: String, video: VideoStreamInfo, shortestShot: Int = ShotDetector().minimumFrames,
        checksSeek: Bool = true, progress: (Int) -> Void
    ) async throws -> Result {
        var statistics = ThumbnailStatistics()
        var index = FrameIndex()
        var scanner = ShotScanner()
        var credits = CreditsFinder()
        let pass = IndexPass(runner: runner, path: path, video: video)
        let outcome = try await pass.run { frame, bytes in
            index.entries.append(statistics.entry(for: bytes))
            scanner.add(bytes)
            credits.add(UnsafeRawBufferPointer(rebasing: bytes.prefix(Thumbnail.lumaBytes)))
            if frame % 32 == 0 { progress(frame) }
        }
        guard index.count > 0 else {
            throw Failure(
                .input, what: "no frame could be decoded", place: path.printable, remedy: "export the file again",
                detail: outcome.messages.joined(separator: "\n"))
        }
        progress(index.count)
        let reader = SourceReader(path: path, video: video, seek: .container)
        let exact =
            checksSeek ? try await SeekCheck(runner: runner, reader: reader, index: index).passes() : false
        var detector = ShotDetector()
        detector.minimumFrames = shortestShot
        let shots = detector.shots(scanner.finish(), frames: index.count)
        let summary = ComplexitySummary(
            index: index, sampling: pass.sampling, size: video.display, frameRate: video.frameRate)
        let complexity = summary.complexity(of: shots, outcome.pairs)
        return Result(
            index: index, shots: shots, credits: credits.credits(frameRate: video.frameRate), complexity: complexity,
            title: TitleComplexity(shots: zip(complexity, shots).map { ($0.score, $1.frames.count) }),
            seek: exact ? .container : .beginning,
            findings: DecodeFindings.findings(
                decoded: index.count, expected: video.expectedFrames, messages: outcome.messages))
    }
}
