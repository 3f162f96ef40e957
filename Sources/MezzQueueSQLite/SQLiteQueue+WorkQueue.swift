internal import FoundationEssentials
internal import GRDB
package import MezzWorkflow

extension SQLiteQueue: WorkQueue {
    package func submit(_ job: JobID, _ tasks: [TaskRequest]) async throws(QueueError) {
        let now = clock.now
        try await write { db in
            let row = try JobRow.makeID(of: job, in: db)
            try TaskInsertion(db: db, job: job, row: row, now: now).insert(tasks)
        }
    }

    package func lease(
        worker: String, freeSlots: Int, kinds: Set<String>?, job: JobID?, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        let now = clock.now
        let expires = clock.date(in: time)
        return try await write { db in
            try Sweep(db: db, now: now)()
            return try Lease(
                db: db, worker: worker, freeSlots: freeSlots, kinds: kinds, job: job, now: now, expires: expires)()
        }
    }

    package func extend(_ task: LeasedTask, by time: Duration) async throws(QueueError) {
        let expires = clock.date(in: time)
        try await write { db in
            let id = try TaskRow.heldID(of: task, in: db)
            let statement = try db.cachedStatement(sql: "UPDATE tasks SET expires = ? WHERE id = ?")
            try statement.execute(arguments: [expires.timeIntervalSince1970, id])
        }
    }

    package func settle(_ task: LeasedTask, as settlement: Settlement) async throws(QueueError) {
        let now = clock.now
        let due = settlement.retryDelay.map(clock.date(in:))
        // A large fan-out takes long to encode; others need not wait for that.
        let remembered = try RememberedRow(settlement, path: pool.path)
        try await write { db in
            let id = try TaskRow.heldID(of: task, in: db)
            switch settlement {
            case .succeeded(let outcome, let identity, let cached):
                try remembered?.store(in: db)
                try Success(db: db, id: id, now: now).record(outcome, identity: identity, cached: cached)
                let row = try JobRow.id(of: task.job, in: db)
                try TaskInsertion(db: db, job: task.job, row: row, now: now).insert(outcome.children)
            case .failed(let failure, _):
                try Failing(db: db, id: id, now: now).record(failure, due: due)
            case .released:
                try TaskRow.makeReady(id, in: db)
            }
        }
    }
}
