internal import FoundationEssentials
internal import MezzWorkflow

/// Reads tasks from rows.
enum TaskRow {
    /// What ``request(_:after:)`` reads, from `tasks` and `shapes`.
    static let requestColumns = """
        tasks.id, tasks.name, shapes.kind, shapes.slots, shapes.memory, shapes.disk, maximum_attempts, priority,
        (SELECT json FROM mezz.parameters WHERE parameters.task = tasks.id) AS json
        """

    /// The names that a task comes after, in order.
    static let afterColumn = """
        ARRAY(
            SELECT (SELECT other.name FROM mezz.tasks AS other WHERE other.id = dependency)
            FROM mezz.dependencies WHERE dependencies.task = tasks.id ORDER BY position
        ) AS after
        """

    /// The request as it was inserted.
    static func request(_ row: Row, after: [String]) throws -> TaskRequest {
        TaskRequest(
            name: try row("name"), kind: try row("kind"), parameters: try row("json"), after: after,
            slots: try row("slots"), memory: try row("memory"), disk: try row("disk"),
            maximumAttempts: try row("maximum_attempts"), priority: try row("priority"))
    }

    /// Everything the queue knows; times are the queue's own.
    static func record(_ row: Row) throws -> TaskRecord {
        TaskRecord(
            request: try request(row, after: row("after")), state: try TaskState.stored(row("state")),
            attempts: try row("attempts"), failures: try row("failures"), worker: try row.optional("worker"),
            expires: try date(row, "expires"), due: try date(row, "due"),
            created: Date(timeIntervalSince1970: try row("created")), started: try date(row, "started"),
            finished: try date(row, "finished"), result: try result(row),
            failure: try row.optional("failure", as: Data.self).map {
                try CanonicalJSON.decode(TaskFailure.self, from: $0)
            })
    }

    private static func date(_ row: Row, _ column: String) throws -> Date? {
        try row.optional(column).map(Date.init(timeIntervalSince1970:))
    }
}

extension TaskState {
    /// Reads a state from its column.
    static func stored(_ text: String) throws -> TaskState {
        guard let state = TaskState(rawValue: text) else {
            throw QueueError.broken("unknown task state \(text) in the database")
        }
        return state
    }
}
