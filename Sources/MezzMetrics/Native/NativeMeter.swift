import Foundation
import MezzCore
package import MezzMedia
package import MezzPixels

/// VMAF by mezz's own engine: FFmpeg decodes and scales, one process a stream; the reference is decoded and analysed
/// once for all encodes.
package struct NativeMeter: QualityMeter {
    private let runner: ToolRunner
    private let threads: Int

    /// - Parameter threads: Threads of the engine.
    package init(runner: ToolRunner, threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
        self.runner = runner
        self.threads = threads
    }

    package var version: String { Self.version }

    /// Raised when scores change: they are part of what results are remembered by.
    package static let version = "mezz 1 (arithmetic of libvmaf 3.2)"

    package func measure(
        _ request: MeasureRequest, reference: SourceReader, index: FrameIndex, in folder: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws -> [MeasuredFrames] {
        do {
            do {
                return try await attempt(request, reference, index, folder, progress)
            } catch is ReferenceMismatch where reference.seek == .container {
                // This place of the source cannot be sought exactly; decoding from the beginning always can.
                let patient = SourceReader(path: reference.path, video: reference.video, seek: .beginning)
                return try await attempt(request, patient, index, folder, progress)
            }
        } catch let mismatch as ReferenceMismatch {
            throw mismatch.failure(path: reference.path)
        }
    }

    private func attempt(
        _ request: MeasureRequest, _ reference: SourceReader, _ index: FrameIndex, _ folder: String,
        _ progress: @escaping @Sendable (Int) -> Void
    ) async throws -> [MeasuredFrames] {
        let model = try Model(request.model)
        let commands = MeasureCommands(
            request: request, reference: reference, total: index.count,
            neighbours: ScoringEngine.neighbours(for: [model]))
        let engine = try ScoringEngine(
            models: [model], format: commands.format, distorted: request.distorted.count, threads: threads,
            every: request.every, firstFrame: commands.read.first)
        if var denoising = commands.denoisingCommand {
            denoising.workingDirectory = folder
            try await runner.run(denoising)
        }
        let outcome = try await pictures(commands, into: engine, in: folder) { frame in
            progress(max(0, commands.read.first + frame - request.range.first))
        }
        runner.account(cpuSeconds: outcome.cpuSeconds)
        try prove(try prints(MeasureCommands.referencePrints, in: folder), request.range, index)
        return try request.distorted.indices.map { item in
            try measured(item, outcome.scores[item], model, commands, folder, reference.path)
        }
    }

    /// Runs the children and the lockstep; when one fails, all end.
    private func pictures(
        _ commands: MeasureCommands, into engine: ScoringEngine, in folder: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws -> Lockstep.Outcome {
        var calls = [commands.referenceCommand] + commands.request.distorted.indices.map(commands.encodeCommand)
        for call in calls.indices { calls[call].workingDirectory = folder }
        let names = [MeasureCommands.referencePipe] + commands.request.distorted.indices.map(MeasureCommands.pipe)
        let pipes = try names.map { try FramePipe(path: folder + "/" + $0) }
        let streams = pipes.map { FrameStream($0, format: commands.format) }
        let lockstep = Lockstep(engine: engine, reference: streams[0], encodes: Array(streams.dropFirst()))
        let turns = commands.read.indices.map { frame -> Lockstep.Turn in
            commands.isScored(frame) ? .scored : .neighbour
        }
        let runner = self.runner
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for (call, pipe) in zip(calls, pipes) {
                group.addTask {
                    defer { pipe.writerEnded() }
                    try await runner.run(call)
                }
            }
            do {
                let outcome = try await lockstep.run(turns, progress: progress)
                try await group.waitForAll()
                return outcome
            } catch {
                let failure = error is Lockstep.Short ? await Self.earlyFailure(in: &group) : nil
                lockstep.stop()
                throw await Self.cause(of: failure ?? error, first: commands.read.first, in: &group)
            }
        }
    }

    /// A stream that ends early is closed by its child a moment before the child says why, such as a full disk. Ended
    /// at once it could not say it any more.
    private static func earlyFailure(in group: inout ThrowingTaskGroup<Void, any Error>) async -> Failure? {
        group.addTask {
            try await Task.sleep(for: .seconds(2))
            throw CancellationError()
        }
        do {
            while try await group.next() != nil {}
            return nil
        } catch {
            return error as? Failure
        }
    }

    /// Ends the children and tells what began it: a stream that ends early is a child's failure when a child failed,
    /// and a wrong frame count when none did.
    private static func cause(
        of error: any Error, first: Int, in group: inout ThrowingTaskGroup<Void, any Error>
    ) async -> any Error {
        group.cancelAll()
        var failure = error as? Failure
        while true {
            do {
                guard try await group.next() != nil else { break }
            } catch {
                failure = failure ?? error as? Failure
            }
        }
        if let failure { return failure }
        guard let short = error as? Lockstep.Short else { return error }
        return ReferenceMismatch(frame: first + short.frame)
    }

    private func measured(
        _ item: Int, _ scores: FrameScores, _ model: Model, _ commands: MeasureCommands, _ folder: String,
        _ path: String
    ) throws -> MeasuredFrames {
        let range = commands.request.range
        guard let values = scores[model.scoreName], scores.frames == commands.scoredFrames else {
            throw Self.short(scores.frames.count, of: range, in: "score", path)
        }
        var prints: [Fingerprint] = []
        if commands.request.wantsFingerprints {
            prints = try self.prints(MeasureCommands.prints(item), in: folder)
            guard prints.count == range.count else {
                throw Self.short(prints.count, of: range, in: "decode", path)
            }
        }
        let isMapped = commands.request.toneMap != nil && commands.request.wantsFingerprints
        let expected = isMapped ? try self.prints(MeasureCommands.mappedPrints, in: folder) : []
        guard !isMapped || expected.count == range.count else {
            throw Self.short(expected.count, of: range, in: "decode", path)
        }
        return MeasuredFrames(
            scores: zip(scores.frames, values).map { ($0, $1) }, fingerprints: prints, expected: expected)
    }

    /// The reference's frames are those of the index, none missing.
    private func prove(_ prints: [Fingerprint], _ range: FrameRange, _ index: FrameIndex) throws {
        for (offset, print) in prints.enumerated() {
            let frame = range.first + offset
            guard frame < range.end, print == index.entries[frame].fingerprint else {
                throw ReferenceMismatch(frame: frame)
            }
        }
        guard prints.count == range.count else { throw ReferenceMismatch(frame: range.first + prints.count) }
    }

    private func prints(_ file: String, in folder: String) throws -> [Fingerprint] {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file), options: .alwaysMapped)
        return data.withUnsafeBytes { bytes in
            (0..<bytes.count / Thumbnail.lumaBytes).map { number in
                let from = number * Thumbnail.lumaBytes
                return Fingerprint(luma: UnsafeRawBufferPointer(rebasing: bytes[from..<from + Thumbnail.lumaBytes]))
            }
        }
    }

    private static func short(_ found: Int, of range: FrameRange, in what: String, _ path: String) -> Failure {
        Failure(
            .failed, what: "\(found) \(what)d frames of \(range.count) in \(range)", place: path.printable,
            remedy: "an encode lost frames or the source changed; run again")
    }
}

/// The source gave a frame that is not the one in the index, or a stream ended before its time.
private struct ReferenceMismatch: Error {
    let frame: Int

    func failure(path: String) -> Failure {
        Failure(
            .failed, what: "frame \(frame) cannot be measured: the source or the encode gives another frame there",
            place: path.printable, remedy: "the file changed while it was read, or an encode lost frames; run again")
    }
}
