internal import FoundationEssentials
internal import GRDB
internal import MezzCore
internal import MezzWorkflow

/// Stores a result and frees the tasks that waited for it.
struct Success {
    let db: Database
    let id: Int64
    let now: Date

    func record(_ outcome: TaskOutcome, identity: ContentHash?, cached: Bool) throws {
        let result = try db.cachedStatement(sql: "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?)")
        try result.execute(arguments: [
            id, outcome.output, try ArtifactList.write(outcome.artifacts), outcome.usage.cpuSeconds,
            outcome.usage.wallSeconds, cached, identity?.hex,
        ])
        let task = try db.cachedStatement(
            sql: "UPDATE tasks SET state = 'succeeded', expires = NULL, failure = NULL, finished = ? WHERE id = ?")
        try task.execute(arguments: [now.timeIntervalSince1970, id])
        let dependents = try db.cachedStatement(
            sql: """
                UPDATE tasks SET
                    open = open - 1,
                    state = iif(open = 1 AND state = 'waiting', 'ready', state), ready = ?1, since = ?1
                WHERE id IN (SELECT task FROM dependencies WHERE dependency = ?2)
                """)
        try dependents.execute(arguments: [now.timeIntervalSince1970, id])
    }
}

/// Counts a failed attempt: the task comes again, or it is set aside and its dependents are blocked.
struct Failing {
    let db: Database
    let id: Int64
    let now: Date

    func record(_ failure: TaskFailure, due: Date?) throws {
        let count = try db.cachedStatement(
            sql: """
                UPDATE tasks SET failures = failures + 1, failure = ?, expires = NULL WHERE id = ?
                RETURNING failures < maximumAttempts
                """)
        let hasAttemptsLeft = try Bool.fetchOne(count, arguments: [try CanonicalJSON.encode(failure), id]) ?? false
        if let due, hasAttemptsLeft {
            if due > now {
                let delay = try db.cachedStatement(sql: "UPDATE tasks SET state = 'delayed', due = ? WHERE id = ?")
                try delay.execute(arguments: [due.timeIntervalSince1970, id])
            } else {
                try TaskRow.makeReady(id, at: now, in: db)
            }
        } else {
            let fail = try db.cachedStatement(sql: "UPDATE tasks SET state = 'failed', finished = ? WHERE id = ?")
            try fail.execute(arguments: [now.timeIntervalSince1970, id])
            try Self.block(dependentsOf: id, in: db)
        }
    }

    /// Blocks what waits for the task, directly or through others.
    static func block(dependentsOf id: Int64, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                WITH RECURSIVE later (id) AS (
                    SELECT task FROM dependencies WHERE dependency = ?
                    UNION SELECT dependencies.task FROM later JOIN dependencies ON dependency = later.id
                )
                UPDATE tasks SET state = 'blocked' WHERE state = 'waiting' AND id IN (SELECT id FROM later)
                """)
        try statement.execute(arguments: [id])
    }
}
