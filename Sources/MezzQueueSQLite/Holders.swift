internal import FoundationEssentials
internal import GRDB
internal import MezzWorkflow

/// A lease that is good: which task it is of, and whether another worker holds that one too.
struct HeldTask {
    let db: Database
    let id: Int64
    let hasOther: Bool
    private let isOlder: Bool

    /// Finds the task, provided that this attempt still holds it.
    init(_ task: LeasedTask, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, attempt = ?3 AS isOlder, otherAttempt IS NOT NULL AS hasOther FROM tasks
                WHERE job = (SELECT id FROM jobs WHERE name = ?1) AND name = ?2 AND state = 'running'
                    AND (attempt = ?3 OR otherAttempt = ?3)
                """)
        let arguments: StatementArguments = [task.job.value, task.request.name, task.attempt]
        guard let row = try Row.fetchOne(statement, arguments: arguments) else {
            throw QueueError.leaseLost(task.job, task: task.request.name)
        }
        self.db = db
        self.id = row["id"]
        self.isOlder = row["isOlder"]
        self.hasOther = row["hasOther"]
    }

    func extend(until expires: Date) throws {
        let column = isOlder ? "expires" : "otherExpires"
        let statement = try db.cachedStatement(sql: "UPDATE tasks SET \(column) = ? WHERE id = ?")
        try statement.execute(arguments: [expires.timeIntervalSince1970, id])
    }

    /// Makes this attempt the only one.
    func takeOver() throws {
        guard hasOther else { return }
        try isOlder ? Self.dropNewer("id = ?", [id], in: db) : Self.dropOlder("id = ?", [id], in: db)
    }

    /// Leaves the task to the other attempt.
    func giveUp() throws {
        try isOlder ? Self.dropOlder("id = ?", [id], in: db) : Self.dropNewer("id = ?", [id], in: db)
    }

    /// Drops the second attempts of the tasks that meet a condition.
    static func dropNewer(_ condition: String, _ arguments: StatementArguments, in db: Database) throws {
        let statement = try db.cachedStatement(sql: "UPDATE tasks SET \(noOther) WHERE \(condition)")
        try statement.execute(arguments: arguments)
    }

    /// Drops the first attempts of those tasks that meet a condition and have a second.
    static func dropOlder(_ condition: String, _ arguments: StatementArguments, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE tasks SET attempt = otherAttempt, worker = otherWorker, expires = otherExpires,
                    started = otherStarted, \(noOther)
                WHERE otherExpires IS NOT NULL AND \(condition)
                """)
        try statement.execute(arguments: arguments)
    }

    private static let noOther =
        "otherAttempt = NULL, otherWorker = NULL, otherExpires = NULL, otherStarted = NULL"
}
