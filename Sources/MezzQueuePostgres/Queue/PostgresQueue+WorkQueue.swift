internal import FoundationEssentials
package import MezzWorkflow

extension PostgresQueue: WorkQueue {
    /// Submitting equal tasks again changes nothing, so a lost answer needs no care.
    package func submit(_ job: JobID, _ tasks: [TaskRequest], on terms: JobTerms) async throws(QueueError) {
        let time = time
        let writing: TermsWriting
        do {
            writing = try TermsWriting(terms, time: time)
        } catch {
            throw QueueError(error, at: place)
        }
        try await perform { connection, _ in
            try connection.transaction {
                let row = try JobRow.makeID(of: job, on: writing, at: connection)
                try TaskInsertion(connection: connection, job: job, row: row, time: time).insert(tasks)
                try writing.limitKey(on: connection)
            }
        }
    }

    package func lease(
        _ offer: WorkerOffer, job: JobID?, for duration: Duration
    ) async throws(QueueError) -> LeasedTask? {
        let heard = signal.heard
        let asksTime = asksTime()
        let isCounting = countingIsDue()
        let lease = makeLease(offer, job: job, for: duration)
        let task: LeasedTask? = try await perform { connection, inDoubt in
            if isCounting { try Counting.fold(on: connection) }
            if inDoubt, let task = try lease.recovered(on: connection) { return task }
            return try lease.take(on: connection, asksTime: asksTime)
        }
        if task == nil { noteEmpty(since: heard) }
        return task
    }

    package func leaseStraggler(
        _ offer: WorkerOffer, slowerThan rule: StragglerRule, for duration: Duration
    ) async throws(QueueError) -> LeasedTask? {
        let asksTime = asksTime()
        let lease = makeLease(offer, job: nil, for: duration)
        return try await perform { connection, inDoubt in
            if inDoubt, let task = try lease.recovered(on: connection) { return task }
            return try lease.takeStraggler(slowerThan: rule, on: connection, asksTime: asksTime)
        }
    }

    private func makeLease(_ offer: WorkerOffer, job: JobID?, for duration: Duration) -> Lease {
        Lease(offer: offer, job: job, seconds: duration / .seconds(1), time: time, ageing: ageing)
    }

    package func extend(_ task: LeasedTask, by duration: Duration) async throws(QueueError) {
        let parameters: [Parameter] = [
            time.parameter, .text(task.job.value), .text(task.request.name), .int(task.attempt),
            .double(duration / .seconds(1)),
        ]
        try await perform { connection, _ in
            guard try !connection.run(Self.extendLease, parameters).isEmpty else {
                throw QueueError.leaseLost(task.job, task: task.request.name)
            }
        }
    }

    package func settle(_ task: LeasedTask, as settlement: Settlement) async throws(QueueError) {
        let settling: Settling
        do {
            settling = try Settling(task: task, settlement: settlement, time: time)
        } catch {
            throw QueueError(error, at: place)
        }
        try await perform { connection, inDoubt in
            do {
                try settling.run(on: connection)
            } catch QueueError.leaseLost where inDoubt {
                // The row was locked until the earlier try was over, so what it says now is final.
                guard try settling.tookPlace(on: connection) else {
                    throw QueueError.leaseLost(task.job, task: task.request.name)
                }
            }
        }
    }

    private static let extendLease = Statement(
        name: "extend",
        sql: """
            \(QueueTime.clock),
            own AS MATERIALIZED (SELECT id FROM mezz.jobs WHERE name = $2::text)
            UPDATE mezz.holds SET expires = (SELECT now FROM clock) + $5::float8
            WHERE job = (SELECT id FROM own) AND attempt = $4::bigint AND task = (
                SELECT id FROM mezz.tasks WHERE job = (SELECT id FROM own) AND name = $3::text
            )
            RETURNING task
            """)
}
