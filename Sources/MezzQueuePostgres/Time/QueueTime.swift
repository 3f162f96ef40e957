internal import FoundationEssentials
package import MezzWorkflow

/// Whose clock decides when leases end and retries are due.
package enum QueueTime: Sendable {
    /// The database's: workers' clocks may be wrong by any amount. Dates that somebody waits for are shifted to the
    /// caller's clock on their way out.
    case server
    /// One clock that all users of the database share, such as a test's.
    case shared(any WorkClock)
}

extension QueueTime {
    /// The first parameter of every statement that needs the time.
    var parameter: Parameter {
        switch self {
        case .server: .none
        case .shared(let clock): .double(clock.now.timeIntervalSince1970)
        }
    }

    /// The caller's date that comes after `duration`.
    func date(in duration: Duration) -> Date {
        switch self {
        case .server: Date().addingTimeInterval(duration / .seconds(1))
        case .shared(let clock): clock.date(in: duration)
        }
    }

    /// The caller's date for `seconds` on the queue's clock, which showed `now` a moment ago.
    func date(_ seconds: Double, at now: Double) -> Date {
        switch self {
        case .server: Date().addingTimeInterval(seconds - now)
        case .shared: Date(timeIntervalSince1970: seconds)
        }
    }

    /// Opens a statement: `clock` has the present in its column `now`, in seconds since 1970.
    static let clock = """
        WITH RECURSIVE clock AS MATERIALIZED (
            SELECT coalesce($1::float8, extract(epoch FROM statement_timestamp())::float8) AS now
        )
        """
}
