internal import FoundationEssentials
internal import GRDB
internal import MezzCore
internal import MezzWorkflow

/// Jobs by name.
enum JobRow {
    static func id(of job: JobID, in db: Database) throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT id FROM jobs WHERE name = ?")
        guard let id = try Int64.fetchOne(statement, arguments: [job.value]) else { throw QueueError.unknownJob(job) }
        return id
    }
}

/// Single tasks.
enum TaskRow {
    static func makeReady(_ id: Int64, at now: Date, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE tasks SET state = 'ready', expires = NULL, due = NULL, ready = ?1, since = ?1 WHERE id = ?2")
        try statement.execute(arguments: [now.timeIntervalSince1970, id])
    }

    /// The request as it was inserted.
    static func request(_ row: Row, in db: Database) throws -> TaskRequest {
        let names = try db.cachedStatement(
            sql: """
                SELECT other.name FROM dependencies JOIN tasks AS other ON other.id = dependencies.dependency
                WHERE dependencies.task = ? ORDER BY dependencies.position
                """)
        return TaskRequest(
            name: row["name"], kind: row["kind"], parameters: row["json"],
            after: try String.fetchAll(names, arguments: [row["id"] as Int64]), slots: row["slots"],
            memory: row["memory"], disk: row["disk"], maximumAttempts: row["maximumAttempts"], priority: row["priority"]
        )
    }
}
