internal import FoundationEssentials
internal import GRDB
package import MezzWorkflow

extension SQLiteQueue: WorkQueue {
    package func submit(_ job: JobID, _ tasks: [TaskRequest], on terms: JobTerms) async throws(QueueError) {
        let now = clock.now
        try await write { db in
            let row = try Terms(db: db, terms: terms, now: now).apply(to: job)
            var insertion = try TaskInsertion(db: db, job: job, row: row, now: now)
            try insertion.insert(tasks)
            self.ring(after: db)
        }
    }

    package func lease(
        _ offer: WorkerOffer, job: JobID?, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        let now = clock.now
        let expires = clock.date(in: time)
        return try await write { db in
            try self.sweep(db, at: now)
            guard let task = try Lease(db: db, offer: offer, now: now, expires: expires)(of: job) else {
                try self.findNothing(in: db)
                return nil
            }
            self.doorbell.expect(at: expires)
            return task
        }
    }

    package func leaseStraggler(
        _ offer: WorkerOffer, slowerThan rule: StragglerRule, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        let now = clock.now
        let expires = clock.date(in: time)
        return try await write { db in
            try self.sweep(db, at: now)
            return try Straggler(lease: Lease(db: db, offer: offer, now: now, expires: expires), rule: rule)()
        }
    }

    package func extend(_ task: LeasedTask, by time: Duration) async throws(QueueError) {
        let expires = clock.date(in: time)
        try await write { db in try HeldTask(task, in: db).extend(until: expires) }
        doorbell.expect(at: expires)
    }

    package func settle(_ task: LeasedTask, as settlement: Settlement) async throws(QueueError) {
        let now = clock.now
        let due = settlement.retryDelay.map(clock.date(in:))
        // A large fan-out takes long to encode; others need not wait for that.
        let remembered = try RememberedRow(settlement, path: pool.path)
        try await write { db in
            let held = try HeldTask(task, in: db)
            switch settlement {
            case .succeeded(let outcome, let identity, let cached):
                try remembered?.store(in: db)
                try held.takeOver()
                try Success(db: db, id: held.id, now: now).record(outcome, identity: identity, cached: cached)
                try self.insert(outcome.children, into: task.job, at: now, db)
            case .failed, .released:
                if held.hasOther { return try held.giveUp() }
                if case .failed(let failure, _) = settlement {
                    try Failing(db: db, id: held.id, now: now).record(failure, due: due)
                } else {
                    try TaskRow.makeReady(held.id, at: now, in: db)
                }
            }
            self.ring(after: db)
        }
    }

    private func insert(_ children: [TaskRequest], into job: JobID, at now: Date, _ db: Database) throws {
        guard !children.isEmpty else { return }
        var insertion = try TaskInsertion(db: db, job: job, row: try JobRow.id(of: job, in: db), now: now)
        try insertion.insert(children)
    }

    func sweep(_ db: Database, at now: Date) throws {
        try Sweep(db: db, now: now, ageing: ageing)()
    }
}
