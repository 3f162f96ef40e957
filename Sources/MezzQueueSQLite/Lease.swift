internal import FoundationEssentials
internal import GRDB
internal import MezzWorkflow

/// Takes the first ready task that fits.
struct Lease {
    let db: Database
    let offer: WorkerOffer
    let now: Date
    let expires: Date

    func callAsFunction(of job: JobID?) throws -> LeasedTask? {
        guard let id = try job.map({ try first(of: $0) }) ?? first() else { return nil }
        let take = try db.cachedStatement(
            sql: """
                UPDATE tasks SET state = 'running', attempts = attempts + 1, attempt = attempts + 1, worker = ?,
                    expires = ?, started = ?
                WHERE id = ?
                """)
        try take.execute(arguments: [offer.worker, expires.timeIntervalSince1970, now.timeIntervalSince1970, id])
        return try leased(id)
    }

    /// The task as its newest holder gets it.
    func leased(_ id: Int64) throws -> LeasedTask? {
        let find = try db.cachedStatement(
            sql: """
                SELECT tasks.*, parameters.json, jobs.name AS jobName FROM tasks
                JOIN parameters ON parameters.task = tasks.id JOIN jobs ON jobs.id = tasks.job
                WHERE tasks.id = ?
                """)
        guard let row = try Row.fetchOne(find, arguments: [id]) else { return nil }
        return LeasedTask(
            job: JobID(row["jobName"]), request: try TaskRow.request(row, in: db), inputs: try inputs(of: id),
            attempt: row["attempts"], failures: row["failures"], worker: offer.worker, expires: expires)
    }

    /// Compares the heads of the lanes that fit; what is in the others is not looked at.
    private func first() throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT tasks.id FROM lanes CROSS JOIN tasks ON tasks.id = (
                    SELECT head.id FROM tasks AS head
                    WHERE head.lane = lanes.id AND head.state = 'ready' AND head.held = 0
                    ORDER BY head.level, head.deadline, head.priority DESC, head.id LIMIT 1)
                WHERE \(fits("lanes")) AND (lanes.key = 0 OR lanes.key NOT IN (SELECT id FROM keys WHERE \(full)))
                ORDER BY tasks.level, tasks.deadline, tasks.priority DESC, tasks.id LIMIT 1
                """)
        return try Int64.fetchOne(statement, arguments: room)
    }

    /// The words about the state let SQLite walk the job's partial index in order and stop at the first match.
    private func first(of job: JobID) throws -> Int64? {
        let find = try db.cachedStatement(
            sql: "SELECT id FROM jobs WHERE name = ? AND (key = 0 OR key NOT IN (SELECT id FROM keys WHERE \(full)))")
        guard let row = try Int64.fetchOne(find, arguments: [job.value]) else { return nil }
        let statement = try db.cachedStatement(
            sql: """
                SELECT id FROM tasks WHERE state = 'ready' AND held = 0 AND \(fits("tasks")) AND job = ?
                ORDER BY level, priority DESC, id LIMIT 1
                """)
        return try Int64.fetchOne(statement, arguments: room + [row])
    }

    private var full: String { "running >= most" }

    /// What a row must meet to find room in the offer, with `room` for its arguments.
    func fits(_ table: String) -> String {
        let size = "\(table).slots <= ? AND \(table).memory <= ? AND \(table).disk <= ?"
        guard let kinds = offer.kinds else { return size }
        return "\(size) AND \(table).kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))"
    }

    var room: StatementArguments {
        [offer.free.slots, offer.free.memory, offer.free.disk] + StatementArguments((offer.kinds ?? []).sorted())
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
