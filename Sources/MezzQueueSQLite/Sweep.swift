internal import FoundationEssentials
internal import GRDB
internal import MezzWorkflow

/// Lets time do its work: delayed tasks become due, abandoned ones come back, jobs are let out or kept back, and what
/// has waited for long moves up.
struct Sweep {
    let db: Database
    let now: Date
    /// How many seconds a task stays in one class.
    let ageing: Double

    func callAsFunction() throws {
        let moment = now.timeIntervalSince1970
        let due = try db.cachedStatement(
            sql: """
                UPDATE tasks SET state = 'ready', due = NULL, ready = ?1, since = ?1
                WHERE state = 'delayed' AND due <= ?1
                """)
        try due.execute(arguments: [moment])
        try expire(at: moment)
        try Turn(db: db, now: now)()
        let age = try db.cachedStatement(
            sql: """
                UPDATE tasks SET level = level - 1, since = ?
                WHERE state = 'ready' AND held = 0 AND level > 0 AND since <= ?
                """)
        try age.execute(arguments: [moment, moment - ageing])
    }

    private func expire(at moment: Double) throws {
        try HeldTask.dropNewer("otherExpires IS NOT NULL AND otherExpires <= ?", [moment], in: db)
        let expired = try db.cachedStatement(
            sql: """
                SELECT id, name, failures, otherAttempt IS NOT NULL AS hasOther FROM tasks
                WHERE state = 'running' AND expires <= ?
                """)
        for row in try Row.fetchAll(expired, arguments: [moment]) {
            if row["hasOther"] {
                try HeldTask.dropOlder("id = ?", [row["id"] as Int64], in: db)
            } else {
                let failure = TaskFailure.abandoned(task: row["name"], attempts: row["failures"] + 1)
                try Failing(db: db, id: row["id"], now: now).record(failure, due: now)
            }
        }
    }
}
