import Foundation
import MezzPixels

/// Feeds the engine from one stream of the reference and one of each encode, on a thread of its own: the engine blocks,
/// and blocking must not starve the tasks that run the children.
final class Lockstep: @unchecked Sendable {
    // Unchecked: everything but `isCancelled`, which `lock` guards, belongs to the one thread.

    /// What is done with a frame of the reference.
    enum Turn: Sendable {
        case scored
        /// Its motion counts for its neighbours.
        case neighbour
    }

    struct Outcome: Sendable {
        let scores: [FrameScores]
        let cpuSeconds: Double
    }

    /// A stream ended before this frame, counted from the first.
    struct Short: Error {
        let frame: Int
    }

    private let engine: ScoringEngine
    private let reference: FrameStream
    private let encodes: [FrameStream]
    private let lock = NSLock()
    private var isCancelled = false

    init(engine: ScoringEngine, reference: FrameStream, encodes: [FrameStream]) {
        self.engine = engine
        self.reference = reference
        self.encodes = encodes
    }

    /// Runs all `turns` and returns what the engine found.
    func run(_ turns: [Turn], progress: @escaping @Sendable (Int) -> Void) async throws -> Outcome {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (done: CheckedContinuation<Outcome, any Error>) in
                let thread = Thread { [self] in done.resume(with: Result { try feed(turns, progress) }) }
                thread.name = "mezz-lockstep"
                thread.stackSize = 4 << 20
                thread.start()
            }
        } onCancel: {
            stop()
        }
    }

    /// Ends the streams; a run that goes on throws.
    func stop() {
        lock.withLock { isCancelled = true }
        for stream in [reference] + encodes { stream.dismiss() }
    }

    private func feed(_ turns: [Turn], _ progress: (Int) -> Void) throws -> Outcome {
        for stream in [reference] + encodes { stream.start() }
        for (frame, turn) in turns.enumerated() {
            guard let picture = try reference.next() else { throw Short(frame: frame) }
            switch turn {
            case .neighbour: engine.push(reference: picture)
            case .scored: engine.push(reference: picture, distorted: try pictures(frame))
            }
            progress(frame)
        }
        let scores = engine.finish()
        let readers = ([reference] + encodes).reduce(0) { $0 + $1.cpuSeconds }
        return Outcome(scores: scores, cpuSeconds: ThreadClock.cpuSeconds + engine.helperCPUSeconds + readers)
    }

    private func pictures(_ frame: Int) throws -> [Picture] {
        try encodes.map { stream in
            guard let picture = try stream.next() else { throw Short(frame: frame) }
            return picture
        }
    }
}
