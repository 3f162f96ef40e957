internal import FoundationEssentials
internal import GRDB
internal import MezzWorkflow

/// Puts a job on terms, which come with each submit.
struct Terms {
    let db: Database
    let terms: JobTerms
    let now: Date

    /// The job's row, which comes into being here when it is new.
    func apply(to job: JobID) throws -> Int64 {
        let find = try db.cachedStatement(sql: "SELECT id, terms, level FROM jobs WHERE name = ?")
        if let row = try Row.fetchOne(find, arguments: [job.value]) {
            let id: Int64 = row["id"]
            if try Self.stored(row["terms"]) != terms {
                try change(id, level: row["level"])
            } else {
                // Another job may have set another limit since.
                _ = try keyID()
            }
            return id
        }
        try db.execute(
            sql: """
                INSERT INTO jobs (name, terms, level, deadline, key, held, turn, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                job.value, try CanonicalJSON.encode(terms), level, deadline, try keyID(), !terms.lets(outAt: now),
                terms.nextTurn(after: now)?.timeIntervalSince1970, now.timeIntervalSince1970,
            ])
        return db.lastInsertedRowID
    }

    /// Terms as the jobs table keeps them; jobs of the first version have none.
    static func stored(_ data: Data?) throws -> JobTerms {
        try data.map { try CanonicalJSON.decode(JobTerms.self, from: $0) } ?? JobTerms()
    }

    private var level: Int {
        switch terms.priorityClass {
        case .urgent: 0
        case .standard: 1
        case .backfill: 2
        }
    }

    private var deadline: Double { terms.deadline?.timeIntervalSince1970 ?? .infinity }

    private func change(_ job: Int64, level old: Int) throws {
        let key = try keyID()
        try db.execute(
            sql: "UPDATE jobs SET terms = ?, level = ?, deadline = ? WHERE id = ?",
            arguments: [try CanonicalJSON.encode(terms), level, deadline, job])
        try move(job, toKey: key)
        let moment = now.timeIntervalSince1970
        if level != old {
            try db.execute(
                sql: "UPDATE tasks SET level = ?, since = ? WHERE job = ? AND state <> 'succeeded'",
                arguments: [level, moment, job])
        }
        try db.execute(
            sql: "UPDATE tasks SET deadline = ?1 WHERE job = ?2 AND deadline <> ?1 AND state <> 'succeeded'",
            arguments: [deadline, job])
        try Turn(db: db, now: now).apply(terms, to: job)
    }

    /// The row of the terms' key, with its limit brought up to date; 0 for none.
    private func keyID() throws -> Int64 {
        guard let key = terms.key else { return 0 }
        let upsert = try db.cachedStatement(
            sql: """
                INSERT INTO keys (name, most) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET most = excluded.most
                RETURNING id
                """)
        return try Int64.fetchOne(upsert, arguments: [key.name, key.limit]) ?? 0
    }

    /// What the job runs counts under its new key from now on.
    private func move(_ job: Int64, toKey key: Int64) throws {
        let old = try Int64.fetchOne(db, sql: "SELECT key FROM jobs WHERE id = ?", arguments: [job]) ?? 0
        guard old != key else { return }
        try db.execute(
            sql: """
                UPDATE keys SET running = running + iif(id = ?1, 1, -1) *
                    (SELECT count(*) FROM tasks WHERE state = 'running' AND job = ?3)
                WHERE id IN (?1, ?2)
                """,
            arguments: [key, old, job])
        try db.execute(sql: "UPDATE jobs SET key = ? WHERE id = ?", arguments: [key, job])
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO lanes (kind, slots, memory, disk, key)
                SELECT DISTINCT kind, slots, memory, disk, ?1 FROM tasks WHERE job = ?2
                """,
            arguments: [key, job])
        try db.execute(
            sql: """
                UPDATE tasks SET key = ?1, lane = (
                    SELECT id FROM lanes WHERE lanes.kind = tasks.kind AND lanes.slots = tasks.slots
                        AND lanes.memory = tasks.memory AND lanes.disk = tasks.disk AND lanes.key = ?1)
                WHERE job = ?2
                """,
            arguments: [key, job])
        try Self.forgetKey(old, in: db)
    }

    /// Removes a key that no job has any more, with its lanes.
    static func forgetKey(_ key: Int64, in db: Database) throws {
        guard key != 0 else { return }
        let used = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM jobs WHERE key = ? AND key <> 0)", arguments: [key])
        guard used == false else { return }
        try db.execute(sql: "DELETE FROM lanes WHERE key = ?", arguments: [key])
        try db.execute(sql: "DELETE FROM keys WHERE id = ?", arguments: [key])
    }
}

/// Lets a job's tasks out or keeps them back, as its terms have it at the time.
struct Turn {
    let db: Database
    let now: Date

    /// Does so for all jobs whose time has come.
    func callAsFunction() throws {
        let due = try db.cachedStatement(sql: "SELECT id, terms FROM jobs WHERE turn IS NOT NULL AND turn <= ?")
        for row in try Row.fetchAll(due, arguments: [now.timeIntervalSince1970]) {
            try apply(try Terms.stored(row["terms"]), to: row["id"])
        }
    }

    func apply(_ terms: JobTerms, to job: Int64) throws {
        let held = !terms.lets(outAt: now)
        try db.execute(
            sql: "UPDATE jobs SET held = ?, turn = ? WHERE id = ?",
            arguments: [held, terms.nextTurn(after: now)?.timeIntervalSince1970, job])
        // The time for which a job is kept back is no waiting.
        try db.execute(
            sql: """
                UPDATE tasks SET held = ?1, ready = iif(?1, ready, ?2), since = iif(?1, since, ?2)
                WHERE job = ?3 AND held <> ?1 AND state <> 'succeeded'
                """,
            arguments: [held, now.timeIntervalSince1970, job])
    }
}
