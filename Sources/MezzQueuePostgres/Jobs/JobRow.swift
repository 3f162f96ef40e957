internal import FoundationEssentials
internal import MezzWorkflow

/// Jobs by name. Whoever adds tasks, or changes many at once, locks the job's row first; leases and plain
/// settlements do not.
enum JobRow {
    /// The locked job, created if need be, on the given terms.
    static func makeID(of job: JobID, on terms: TermsWriting, at connection: Connection) throws -> Int {
        if let id = try lockedID(of: job, on: connection) {
            try terms.change(id, on: connection)
            return id
        }
        try terms.make(job, on: connection)
        // Nobody can have forgotten the job already: this transaction either made it or waits for whoever does.
        guard let id = try lockedID(of: job, on: connection) else { throw QueueError.unknownJob(job) }
        try terms.change(id, on: connection)
        return id
    }

    /// The locked job, or `nil` when there is none.
    static func lockedID(of job: JobID, on connection: Connection) throws -> Int? {
        try connection.run(lock, [.text(job.value)]).first.map { try $0("id") }
    }

    private static let lock = Statement(
        name: "lock_job", sql: "SELECT id FROM mezz.jobs WHERE name = $1::text FOR NO KEY UPDATE")
}
