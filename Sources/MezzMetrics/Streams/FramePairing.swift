import Foundation
import MezzCore
import MezzPixels
import Synchronization

/// Feeds the engine from one stream of the reference and one of each encode, frame by frame until they end, on a thread
/// of its own.
final class FramePairing: @unchecked Sendable {
    // Unchecked: what is not behind a lock belongs to the one thread.

    /// How it ended.
    struct Outcome: Sendable {
        let scores: [FrameScores]
        /// Frames that all streams have.
        let frames: Int
        /// Frames of each stream, the reference first; of the longer ones only those seen when reading stopped at the
        /// end of the shortest.
        let counts: [Int]
        var areEqual: Bool { counts.allSatisfy { $0 == frames } }
    }

    private let engine: ScoringEngine
    /// The reference first.
    private let streams: [FrameStream]
    private let ends: ChildEnds
    /// Seconds since which a frame has been waited for.
    private let waiting = Mutex<ContinuousClock.Instant?>(nil)

    init(engine: ScoringEngine, streams: [FrameStream], ends: ChildEnds) {
        self.engine = engine
        self.streams = streams
        self.ends = ends
    }

    /// - Parameters:
    ///   - wanted: Frames to score; `nil` leaves the choice to the engine.
    ///   - stopsAtShortest: Whether the rest of longer streams is left unread instead of counted.
    func run(
        wanted: Set<Int>?, stopsAtShortest: Bool, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> Outcome {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (done: CheckedContinuation<Outcome, any Error>) in
                let thread = Thread { [self] in
                    done.resume(with: Result { try feed(wanted, stopsAtShortest, progress) })
                }
                thread.name = "mezz-pairing"
                thread.stackSize = 4 << 20
                thread.start()
            }
        } onCancel: {
            stop()
        }
    }

    /// Ends the streams; a run that goes on throws.
    func stop() {
        for stream in streams { stream.dismiss() }
    }

    /// Seconds for which the next frame has not come.
    var quietSeconds: Double { waiting.withLock { $0.map { $0.duration(to: .now) / .seconds(1) } ?? 0 } }

    private func feed(_ wanted: Set<Int>?, _ stopsAtShortest: Bool, _ progress: (Int) -> Void) throws -> Outcome {
        for stream in streams { stream.start() }
        var frame = 0
        while true {
            let pictures = try streams.map(next)
            let found = pictures.compactMap(\.self)
            guard found.count == streams.count else {
                let counts = try counts(after: frame, pictures, isFinal: stopsAtShortest)
                return Outcome(scores: frame > 0 ? engine.finish() : [], frames: frame, counts: counts)
            }
            if wanted?.contains(frame) ?? true {
                engine.push(reference: found[0], distorted: Array(found.dropFirst()))
            } else {
                engine.push(reference: found[0])
            }
            frame += 1
            progress(frame)
        }
    }

    private func next(_ stream: FrameStream) throws -> Picture? {
        waiting.withLock { $0 = .now }
        defer { waiting.withLock { $0 = nil } }
        return try stream.next()
    }

    /// Frames of each stream, when the last look found `pictures`. A stream whose child failed did not end: that is
    /// the error.
    private func counts(after frame: Int, _ pictures: [Picture?], isFinal: Bool) throws -> [Int] {
        for (child, picture) in pictures.enumerated() where picture == nil {
            try ends.wait(for: child)
            if case .partial(let bytes) = streams[child].end {
                throw Failure(
                    .failed, what: "the decoder broke off \(bytes) bytes into frame \(frame)",
                    place: "input \(child)", remedy: "run again; if it happens again, export the file again")
            }
        }
        return try zip(streams, pictures).map { stream, picture in
            guard picture != nil else { return frame }
            var count = frame + 1
            while !isFinal, try next(stream) != nil { count += 1 }
            return count
        }
    }
}
