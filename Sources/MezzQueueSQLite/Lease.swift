internal import FoundationEssentials
internal import GRDB
internal import MezzWorkflow

/// Takes the first ready task that fits.
struct Lease {
    let db: Database
    let worker: String
    let freeSlots: Int
    let kinds: Set<String>?
    let job: JobID?
    let now: Date
    let expires: Date

    func callAsFunction() throws -> LeasedTask? {
        guard let id = try firstReady() else { return nil }
        let take = try db.cachedStatement(
            sql: """
                UPDATE tasks SET state = 'running', attempts = attempts + 1, worker = ?, expires = ?, started = ?
                WHERE id = ?
                """)
        try take.execute(arguments: [worker, expires.timeIntervalSince1970, now.timeIntervalSince1970, id])
        let find = try db.cachedStatement(
            sql: """
                SELECT tasks.*, parameters.json, jobs.name AS jobName FROM tasks
                JOIN parameters ON parameters.task = tasks.id JOIN jobs ON jobs.id = tasks.job
                WHERE tasks.id = ?
                """)
        guard let row = try Row.fetchOne(find, arguments: [id]) else { return nil }
        return LeasedTask(
            job: JobID(row["jobName"]), request: try TaskRow.request(row, in: db), inputs: try inputs(of: id),
            attempt: row["attempts"], failures: row["failures"], worker: worker, expires: expires)
    }

    /// The words `state = 'ready'` let SQLite walk the partial indexes in order and stop at the first match.
    private func firstReady() throws -> Int64? {
        var conditions = ["state = 'ready'", "slots <= ?"]
        var arguments: StatementArguments = [freeSlots]
        if let job {
            conditions.append("job = (SELECT id FROM jobs WHERE name = ?)")
            arguments += [job.value]
        }
        if let kinds {
            conditions.append("kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))")
            arguments += StatementArguments(kinds.sorted())
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT id FROM tasks WHERE \(conditions.joined(separator: " AND "))
                ORDER BY priority DESC, id LIMIT 1
                """)
        return try Int64.fetchOne(statement, arguments: arguments)
    }

    private func inputs(of id: Int64) throws -> [TaskInput] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT other.name, results.output, results.artifacts FROM dependencies
                JOIN tasks AS other ON other.id = dependencies.dependency
                JOIN results ON results.task = other.id
                WHERE dependencies.task = ? ORDER BY dependencies.position
                """)
        return try Row.fetchAll(statement, arguments: [id]).map { row in
            TaskInput(
                name: row["name"], output: row["output"], artifacts: try ArtifactList.read(row["artifacts"]))
        }
    }
}

/// How a result's artifacts are written in a column.
enum ArtifactList {
    private static let none = Data("[]".utf8)

    static func read(_ data: Data) throws -> [Artifact] {
        data == none ? [] : try CanonicalJSON.decode([Artifact].self, from: data)
    }

    static func write(_ artifacts: [Artifact]) throws -> Data {
        artifacts.isEmpty ? none : try CanonicalJSON.encode(artifacts)
    }
}
