internal import FoundationEssentials
internal import GRDB
internal import MezzWorkflow

/// Adds tasks to a job. A fan-out inserts tens of thousands at once, hence statements prepared once, and rows that
/// are right from the start instead of being updated once their dependencies are known.
struct TaskInsertion {
    private let db: Database
    private let job: JobID
    private let row: Int64
    private let now: Double
    private let find: Statement
    private let insertTask: Statement
    private let insertParameters: Statement
    private let insertDependencies: Statement
    private let standing: Standing
    private var lanes: [Lane: Int64] = [:]

    init(db: Database, job: JobID, row: Int64, now: Date) throws {
        self.db = db
        self.job = job
        self.row = row
        self.now = now.timeIntervalSince1970
        self.standing = try Standing(of: row, in: db)
        self.find = try db.cachedStatement(sql: "SELECT id, state FROM tasks WHERE job = ? AND name = ?")
        self.insertTask = try db.cachedStatement(
            sql: """
                INSERT INTO tasks (
                    job, name, kind, slots, memory, disk, maximumAttempts, priority, state, open, created,
                    level, deadline, key, held, lane, ready, since)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?17)
                """)
        self.insertParameters = try db.cachedStatement(sql: "INSERT INTO parameters VALUES (?, ?)")
        self.insertDependencies = try db.cachedStatement(
            sql: "INSERT INTO dependencies SELECT ?1, key, value FROM json_each(?2)")
    }

    /// A task of the job that was there before.
    private struct Known {
        let id: Int64
        let state: TaskState
    }

    mutating func insert(_ requests: [TaskRequest]) throws {
        let taken = try takenNames(requests)
        let fresh = try TaskBatch(requests, for: job).fresh(
            request: { name throws(QueueError) in
                taken.contains(name) ? try sorted { try request(named: name) } : nil
            },
            exists: { name throws(QueueError) in try sorted { try known(name) != nil } })
        guard !fresh.isEmpty else { return }
        guard try !isCancelled else { throw QueueError.jobCancelled(job) }

        let names = Set(fresh.lazy.map(\.name))
        var earlier: [String: Known] = [:]
        for request in fresh {
            for name in request.after where !names.contains(name) && earlier[name] == nil {
                earlier[name] = try known(name)
            }
        }
        var ids = earlier.mapValues(\.id)
        ids.reserveCapacity(ids.count + fresh.count)
        for request in fresh {
            let open = Set(request.after).count { earlier[$0]?.state != .succeeded }
            ids[request.name] = try insert(request, open: open)
        }
        for request in fresh { try link(request, ids) }
        for dependency in earlier.values where dependency.state == .failed || dependency.state == .blocked {
            try Failing.block(dependentsOf: dependency.id, in: db)
        }
    }

    private mutating func insert(_ request: TaskRequest, open: Int) throws -> Int64 {
        let state: TaskState = open == 0 ? .ready : .waiting
        try insertTask.execute(arguments: [
            row, request.name, request.kind, request.needs.slots, request.needs.memory, request.needs.disk,
            request.maximumAttempts, request.priority, state.rawValue, open, now, standing.level, standing.deadline,
            standing.key, standing.isHeld, try lane(for: request), open == 0 ? now : nil,
        ])
        let id = db.lastInsertedRowID
        try insertParameters.execute(arguments: [id, request.parameters])
        return id
    }

    private mutating func lane(for request: TaskRequest) throws -> Int64 {
        let lane = Lane(kind: request.kind, needs: request.needs, key: standing.key)
        if let known = lanes[lane] { return known }
        let id = try lane.id(in: db)
        lanes[lane] = id
        return id
    }

    private func link(_ request: TaskRequest, _ ids: [String: Int64]) throws {
        guard !request.after.isEmpty, let id = ids[request.name] else { return }
        let dependencies = try request.after.map { name in
            guard let dependency = ids[name] else {
                throw QueueError.unknownDependency(job, task: request.name, dependency: name)
            }
            return String(dependency)
        }
        try insertDependencies.execute(arguments: [id, "[\(dependencies.joined(separator: ","))]"])
    }

    /// The names the job has already, found with one question however many are asked about.
    private func takenNames(_ requests: [TaskRequest]) throws -> Set<String> {
        let names = String(decoding: try JSONEncoder().encode(requests.map(\.name)), as: UTF8.self)
        let statement = try db.cachedStatement(
            sql: "SELECT name FROM tasks WHERE job = ? AND name IN (SELECT value FROM json_each(?))")
        return try Set(String.fetchCursor(statement, arguments: [row, names]))
    }

    private var isCancelled: Bool {
        get throws {
            let statement = try db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM counts WHERE job = ? AND state = 'cancelled' AND number > 0)")
            return try Bool.fetchOne(statement, arguments: [row]) ?? false
        }
    }

    private func known(_ name: String) throws -> Known? {
        try Row.fetchOne(find, arguments: [row, name]).map {
            Known(id: $0["id"], state: try TaskState.stored($0["state"]))
        }
    }

    private func request(named name: String) throws -> TaskRequest? {
        guard let id = try known(name)?.id else { return nil }
        let statement = try db.cachedStatement(
            sql: """
                SELECT tasks.*, parameters.json FROM tasks JOIN parameters ON parameters.task = tasks.id
                WHERE tasks.id = ?
                """)
        return try Row.fetchOne(statement, arguments: [id]).map { try TaskRow.request($0, in: db) }
    }

    private func sorted<Value>(_ body: () throws -> Value) throws(QueueError) -> Value {
        do { return try body() } catch { throw QueueError(error, path: job.value) }
    }
}

/// Where a job's tasks stand, by its terms.
private struct Standing {
    let level: Int
    let deadline: Double
    let key: Int64
    let isHeld: Bool

    init(of job: Int64, in db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT level, deadline, key, held FROM jobs WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [job]) else {
            throw QueueError.broken("there is no job \(job) in the database")
        }
        self.level = row["level"]
        self.deadline = row["deadline"]
        self.key = row["key"]
        self.isHeld = row["held"]
    }
}

/// What a task asks of the worker that takes it.
private struct Lane: Hashable {
    let kind: String
    let needs: Capacity
    let key: Int64

    func id(in db: Database) throws -> Int64 {
        let arguments: StatementArguments = [kind, needs.slots, needs.memory, needs.disk, key]
        let insert = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO lanes (kind, slots, memory, disk, key) VALUES (?, ?, ?, ?, ?)")
        try insert.execute(arguments: arguments)
        let find = try db.cachedStatement(
            sql: "SELECT id FROM lanes WHERE kind = ? AND slots = ? AND memory = ? AND disk = ? AND key = ?")
        return try Int64.fetchOne(find, arguments: arguments) ?? 0
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
