package import FoundationEssentials
import MezzWorkflow
import Synchronization

/// A clock that stands still until it is set. Nobody can sleep by it: whoever owns it decides what happens when.
package final class VirtualClock: WorkClock {
    private let held: Mutex<Date>

    package init(_ start: Date = Date(timeIntervalSince1970: 1_800_000_000)) {
        held = Mutex(start)
    }

    package var now: Date { held.withLock { $0 } }

    /// Moves on; never back.
    package func advance(to date: Date) { held.withLock { $0 = max($0, date) } }

    package func sleep(until date: Date) async throws {
        preconditionFailure("a simulation does not wait: it moves its clock")
    }
}
