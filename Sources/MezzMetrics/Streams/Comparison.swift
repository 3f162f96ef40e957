import Foundation
import MezzCore
package import MezzMedia
package import MezzPixels

/// Compares encodes with their reference, frames paired by number: a child process decodes each, a few frames of each
/// are in memory.
package struct Comparison: Sendable {
    package let reference: StreamSource
    package let distorted: [StreamSource]
    package var alignment: Alignment
    /// Frames without a partner at the end are left out; otherwise they are an error.
    package var stopsAtShortest = false
    private let runner: ToolRunner
    private let decoderThreads: Int

    /// - Parameters:
    ///   - distorted: They are brought to the reference's size and format.
    ///   - decoderThreads: Threads of each child.
    package init(runner: ToolRunner, reference: StreamSource, distorted: [StreamSource], decoderThreads: Int) {
        self.runner = runner
        self.reference = reference
        self.distorted = distorted
        self.decoderThreads = decoderThreads
        alignment = Alignment(offsets: distorted.map { _ in 0 })
    }

    /// What was found.
    package struct Outcome: Sendable {
        /// By encode.
        package let scores: [FrameScores]
        /// Frames that were paired.
        package let frames: Int
        /// What the decoders complained of, the reference first.
        package let messages: [[String]]
    }

    /// What pictures are compared as.
    package var format: PictureFormat { reference.format }

    /// Seconds without a frame after which a child counts as hung.
    private static let patience = 600.0

    /// - Parameters:
    ///   - engine: Fresh, for `format` and as many encodes.
    ///   - wanted: Frames to score, counted from the first pair; `nil` leaves the choice to the engine.
    ///   - thumbnail: Takes the reference's thumbnails in order, from a thread of its own.
    ///   - progress: Takes the number of pairs so far, from a thread of its own.
    /// - Throws: `Failure` (`input`) when the frame counts differ.
    package func run(
        _ engine: sending ScoringEngine, wanted: Set<Int>? = nil,
        thumbnail: (@Sendable (UnsafeRawBufferPointer) -> Void)? = nil, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> Outcome {
        let folder = try TemporaryFolder("vmaf")
        defer { folder.remove() }
        let pipes = try sources.indices.map { child in
            isReadDirectly(child, watched: thumbnail != nil)
                ? nil : try FramePipe(path: folder.path + "/\(child).pipe")
        }
        let prints = try thumbnail.map { (try FramePipe(path: folder.path + "/prints.pipe"), $0) }
        let ends = ChildEnds(count: sources.count)
        let pairing = FramePairing(
            engine: engine, streams: try streams(pipes), ends: ends)
        // It ends with the child that writes them.
        let draining = prints.map { pipe, body in Task { await Self.drain(pipe, body) } }
        let outcome = try await paired(pairing, wanted, pipes, prints?.0, ends, progress)
        await draining?.value
        try check(outcome, ends.messages)
        return Outcome(scores: outcome.scores, frames: outcome.frames, messages: ends.messages)
    }

    /// Runs the children and pairs what they bring; when one fails, all end.
    private func paired(
        _ pairing: FramePairing, _ wanted: Set<Int>?, _ pipes: [FramePipe?], _ prints: FramePipe?, _ ends: ChildEnds,
        _ progress: @escaping @Sendable (Int) -> Void
    ) async throws -> FramePairing.Outcome {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for child in sources.indices {
                guard let pipe = pipes[child] else {
                    ends.set(child, .success(nil))
                    continue
                }
                let own = child == 0 ? prints : nil
                let command = command(child, pipe: pipe.path, prints: own?.path)
                group.addTask { await follow(command, child, pipe, own, ends) }
            }
            group.addTask { try await watch(pairing) }
            defer {
                pairing.stop()
                group.cancelAll()
            }
            do {
                return try await pairing.run(wanted: wanted, stopsAtShortest: stopsAtShortest, progress: progress)
            } catch {
                try Task.checkCancellation()
                // Not cancelled from outside: it was the watch.
                throw error is CancellationError ? ends.failure ?? hung : error
            }
        }
    }

    private var sources: [StreamSource] { [reference] + distorted }
    private var skips: [Int] { [alignment.reference] + alignment.distorted }

    /// Bare planes that are compared as they are need no decoder.
    private func isReadDirectly(_ child: Int, watched: Bool) -> Bool {
        sources[child].container == .raw && sources[child].format == format && !(watched && child == 0)
    }

    private func streams(_ pipes: [FramePipe?]) throws -> [FrameStream] {
        try pipes.enumerated().map { child, pipe in
            if let pipe { return FrameStream(pipe, format: format) }
            let file = try FileInput(path: sources[child].path, skipping: skips[child] * format.frameBytes)
            return FrameStream(file, format: format)
        }
    }

    private func command(_ child: Int, pipe: String, prints: String?) -> ToolCommand {
        let command = StreamCommand(
            source: sources[child], format: format, color: reference.color, skip: skips[child],
            threads: decoderThreads)
        return prints.map { command.command(pipe: pipe, prints: $0) } ?? command.command(pipe: pipe)
    }

    /// Runs a child to its end and tells who waits for it.
    private func follow(
        _ command: ToolCommand, _ child: Int, _ pipe: FramePipe, _ prints: FramePipe?, _ ends: ChildEnds
    ) async {
        do {
            let result = try await runner.run(command)
            ends.set(child, .success(result))
        } catch {
            ends.set(child, .failure(error))
        }
        pipe.writerEnded()
        prints?.writerEnded()
    }

    /// Hands on thumbnails until there are no more.
    private static func drain(_ pipe: FramePipe, _ body: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) async {
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            let thread = Thread {
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Thumbnail.bytes, alignment: 64)
                defer { buffer.deallocate() }
                while let count = try? pipe.read(into: buffer), count == buffer.count {
                    body(UnsafeRawBufferPointer(buffer))
                }
                done.resume()
            }
            thread.name = "mezz-thumbnails"
            thread.start()
        }
    }

    /// Ends a comparison for which no frame comes any more.
    private func watch(_ pairing: FramePairing) async throws {
        while pairing.quietSeconds <= Self.patience { try await Task.sleep(for: .seconds(2)) }
        pairing.stop()
    }

    private var hung: Failure {
        Failure(
            .temporary, what: "no frame came for \(Int(Self.patience)) seconds", place: reference.path.printable,
            remedy: "check the storage that holds the files")
    }

    private func check(_ outcome: FramePairing.Outcome, _ messages: [[String]]) throws(Failure) {
        for (child, count) in outcome.counts.enumerated() where count == 0 {
            throw Failure(
                .input, what: skips[child] > 0 ? "ends before frame \(skips[child])" : "no frame could be decoded",
                place: sources[child].path.printable,
                remedy: skips[child] > 0 ? "choose a smaller --offset" : "export the file again",
                detail: messages[child].joined(separator: "\n"))
        }
        guard !stopsAtShortest, alignment.isPlain, !outcome.areEqual else { return }
        for (number, encode) in distorted.enumerated() where outcome.counts[number + 1] != outcome.counts[0] {
            let count = outcome.counts[number + 1]
            throw Failure(
                .input,
                what: "has \(count) frames and the reference \(reference.path.printable) has \(outcome.counts[0])",
                place: encode.path.printable,
                remedy: "frames pair by number: compare encodes of the same frames, or use --shortest or --offset",
                detail: (messages[0] + messages[number + 1]).joined(separator: "\n"))
        }
    }

    /// Fingerprints of the first frames of each video, the reference first.
    package func fingerprints(frames: Int) async throws -> [[Fingerprint]] {
        var all: [[Fingerprint]] = []
        for source in sources {
            let command = StreamCommand(
                source: source, format: format, color: reference.color, skip: 0, threads: decoderThreads)
            var found: [Fingerprint] = []
            var assembler = FrameAssembler(frameBytes: Thumbnail.lumaBytes)
            try await runner.run(command.fingerprintCommand(frames: frames)) { bytes in
                assembler.append(bytes) { _, luma in found.append(Fingerprint(luma: luma)) }
            }
            all.append(found)
        }
        return all
    }
}
