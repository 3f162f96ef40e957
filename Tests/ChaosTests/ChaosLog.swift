import Foundation
import Glibc
import MezzTestKit
import Synchronization

/// What was done to the fleet and what came of it.
final class ChaosLog: Sendable {
    private struct State {
        var dice: SeededDice
        var counts: [String: Int] = [:]
        /// What is told goes here as well, as it happens.
        var file: FileHandle?
        var busy: Set<String> = []
    }

    private let state: Mutex<State>
    private let began = ContinuousClock.now

    init(_ plan: ChaosPlan) {
        let path = plan.log
        if let path { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        state = Mutex(
            State(dice: SeededDice(seed: plan.seed), file: path.flatMap { FileHandle(forWritingAtPath: $0) }))
    }

    /// Seconds since the beginning.
    var seconds: Double { began.duration(to: .now) / .seconds(1) }

    /// Counts an event and tells of it.
    func note(_ kind: String, _ detail: String = "") {
        let line = String(format: "%7.1f", seconds) + " \(kind)\(detail.isEmpty ? "" : ": \(detail)")"
        state.withLock { $0.counts[kind, default: 0] += 1 }
        tell(line)
    }

    private func tell(_ line: String) {
        state.withLock { try? $0.file?.write(contentsOf: Data((line + "\n").utf8)) }
        print(line)
        fflush(nil)
    }

    /// A number from 0 up to, but not including, `limit`.
    func below(_ limit: Int) -> Int { state.withLock { $0.dice.below(limit) } }

    /// A number of seconds.
    func seconds(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(below(1_000)) / 1_000
    }

    /// Takes a target that nothing else is being done to.
    func take(_ target: String) -> Bool { state.withLock { $0.busy.insert(target).inserted } }

    func giveBack(_ target: String) { state.withLock { _ = $0.busy.remove(target) } }

    func count(_ kind: String) -> Int { state.withLock { $0.counts[kind] ?? 0 } }

    /// One line: every kind with its number.
    var summary: String {
        state.withLock { state in
            state.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
    }

    /// Tells the summary.
    func finish(_ title: String) { tell("chaos: \(title); \(summary)") }
}

/// Runs what blocks away from Swift's own threads.
func offPool<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}
