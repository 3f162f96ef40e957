/// The process exit codes of the command line (documented in README.md).
package enum ExitStatus: Int32, Codable, Sendable {
    case done = 0
    /// It ran, and the answer is no.
    case rejected = 1
    /// The work failed: a tool crashed, the disk is full.
    case failed = 2
    case usage = 64
    /// The input is unreadable or refused.
    case input = 65
    /// A needed tool or server is missing.
    case unavailable = 69
    /// Temporary: the same command may succeed later.
    case temporary = 75
    case interrupted = 130
    case terminated = 143
}

/// An error for a person: what went wrong, where, and what mends it.
package struct Failure: Error, Hashable, Codable, Sendable, CustomStringConvertible {
    package let status: ExitStatus
    package let what: String
    package let place: String
    package let remedy: String
    /// Quoted output of a tool, last lines; may be empty.
    package let detail: String

    package init(_ status: ExitStatus, what: String, place: String, remedy: String, detail: String = "") {
        self.status = status
        self.what = what
        self.place = place
        self.remedy = remedy
        self.detail = detail
    }

    package var description: String { "\(what): \(place): \(remedy)" }
}
