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

    static func makeID(of job: JobID, in db: Database) throws -> Int64 {
        try db.execute(sql: "INSERT INTO jobs (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [job.value])
        return try id(of: job, in: db)
    }
}

/// Single tasks.
enum TaskRow {
    /// The task's row, provided that this attempt still holds it.
    static func heldID(of task: LeasedTask, in db: Database) throws -> Int64 {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id FROM tasks
                WHERE job = (SELECT id FROM jobs WHERE name = ?) AND name = ? AND state = 'running' AND attempts = ?
                """)
        let arguments: StatementArguments = [task.job.value, task.request.name, task.attempt]
        guard let id = try Int64.fetchOne(statement, arguments: arguments) else {
            throw QueueError.leaseLost(task.job, task: task.request.name)
        }
        return id
    }

    static func makeReady(_ id: Int64, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE tasks SET state = 'ready', expires = NULL, due = NULL WHERE id = ?")
        try statement.execute(arguments: [id])
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
            maximumAttempts: row["maximumAttempts"], priority: row["priority"])
    }
}
