import Foundation
import MezzMedia

/// How the children behind the streams have ended; a thread may wait for one.
final class ChildEnds: @unchecked Sendable {
    // Unchecked: `turn` guards all that changes.

    private let turn = NSCondition()
    private var ends: [Result<ChildResult?, any Error>?]

    init(count: Int) {
        ends = Array(repeating: nil, count: count)
    }

    /// - Parameter end: `nil` in it for a stream that needs no child.
    func set(_ child: Int, _ end: Result<ChildResult?, any Error>) {
        turn.withLock {
            ends[child] = end
            turn.broadcast()
        }
    }

    /// Waits until the child has ended.
    /// - Throws: What it failed with.
    func wait(for child: Int) throws {
        try turn.withLock {
            while true {
                if let end = ends[child] {
                    _ = try end.get()
                    return
                }
                turn.wait()
            }
        }
    }

    /// The first failure that is not the echo of having been stopped.
    var failure: (any Error)? {
        turn.withLock {
            for case .failure(let error)? in ends where !(error is CancellationError) { return error }
            return nil
        }
    }

    /// The decoders' last words, by child.
    var messages: [[String]] { turn.withLock { ends.map { (try? $0?.get())??.errorTail ?? [] } } }
}
