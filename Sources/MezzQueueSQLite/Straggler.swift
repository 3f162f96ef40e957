internal import FoundationEssentials
internal import GRDB
internal import MezzWorkflow

/// Finds a task that runs for too long and gives it to a second worker.
struct Straggler {
    let lease: Lease
    let rule: StragglerRule

    func callAsFunction() throws -> LeasedTask? {
        guard let id = try slowest() else { return nil }
        let take = try lease.db.cachedStatement(
            sql: """
                UPDATE tasks SET attempts = attempts + 1, otherAttempt = attempts + 1, otherWorker = ?,
                    otherExpires = ?, otherStarted = ?
                WHERE id = ?
                """)
        try take.execute(arguments: [
            lease.offer.worker, lease.expires.timeIntervalSince1970, lease.now.timeIntervalSince1970, id,
        ])
        return try lease.leased(id)
    }

    private struct Group: Hashable {
        let job: Int64
        let kind: String
    }

    /// Few tasks run at a time, so they are walked, those that have run longest first.
    private func slowest() throws -> Int64? {
        let now = lease.now.timeIntervalSince1970
        let candidates = try lease.db.cachedStatement(
            sql: """
                SELECT id, job, kind, started FROM tasks
                WHERE \(lease.fits("tasks")) AND state = 'running' AND otherAttempt IS NULL AND held = 0
                    AND worker <> ? AND started <= ?
                    AND NOT EXISTS (
                        SELECT 1 FROM counts
                        WHERE counts.job = tasks.job AND counts.kind = tasks.kind AND counts.state = 'ready'
                            AND number > 0)
                ORDER BY started, id
                """)
        let arguments = lease.room + [lease.offer.worker, now - rule.seconds]
        var limits: [Group: Double] = [:]
        for row in try Row.fetchAll(candidates, arguments: arguments) {
            let group = Group(job: row["job"], kind: row["kind"])
            let limit = try limits[group] ?? limit(for: group)
            limits[group] = limit
            if now - row["started"] >= limit { return row["id"] }
        }
        return nil
    }

    /// After how many seconds a task is slow; infinite while too few have finished. Reads the times of all that
    /// have, which is little for the jobs of one machine.
    private func limit(for group: Group) throws -> Double {
        let statement = try lease.db.cachedStatement(
            sql: """
                SELECT wallSeconds FROM tasks JOIN results ON results.task = tasks.id
                WHERE job = ? AND kind = ? AND state = 'succeeded' AND NOT cached ORDER BY wallSeconds
                """)
        let times = try Double.fetchAll(statement, arguments: [group.job, group.kind])
        guard !times.isEmpty, times.count >= rule.finished else { return .infinity }
        let median = (times[(times.count - 1) / 2] + times[times.count / 2]) / 2
        return rule.factor * median
    }
}
