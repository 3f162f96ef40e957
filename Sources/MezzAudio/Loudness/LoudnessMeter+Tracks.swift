package import MezzCore

/// What became of one track of several.
package enum TrackOutcome: Sendable {
    case measured(SoundSurvey)
    /// The track cannot be measured; the others can.
    case refused(Failure)
}

extension LoudnessMeter {
    /// Measures tracks of one file, each with a decode of its own, some at a time: memory does not grow with their number.
    /// - Parameters:
    ///   - width: How many decodes run at once.
    /// - Returns: An outcome for each track, in their order.
    /// - Throws: `CancellationError`, or a `Failure` that concerns all tracks (a tool is missing).
    package func survey(
        _ path: String, streams: [Int], width: Int, dualMono: Bool = false
    ) async throws -> [TrackOutcome] {
        try await withThrowingTaskGroup(of: (Int, TrackOutcome).self) { group in
            var outcomes: [Int: TrackOutcome] = [:]
            var waiting = streams.enumerated().makeIterator()
            func start() {
                guard let (place, stream) = waiting.next() else { return }
                group.addTask { (place, try await outcome(path, stream, dualMono)) }
            }
            for _ in 0..<max(1, width) { start() }
            while let (place, outcome) = try await group.next() {
                outcomes[place] = outcome
                start()
            }
            return streams.indices.compactMap { outcomes[$0] }
        }
    }

    private func outcome(_ path: String, _ stream: Int, _ dualMono: Bool) async throws -> TrackOutcome {
        do {
            return .measured(try await survey(path, stream: stream, dualMono: dualMono))
        } catch let failure as Failure where failure.status != .unavailable {
            return .refused(failure)
        }
    }
}
