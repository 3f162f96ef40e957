internal import FoundationEssentials
internal import MezzWorkflow

/// Looks at jobs.
struct JobReading {
    let connection: Connection
    let time: QueueTime

    /// What the database knows of a job itself.
    private struct Head {
        let id: Int
        let job: JobID
        /// The queue's time, in seconds since 1970.
        let now: Double
        let opens: Double?
        let asked: Data
        let created: Double
    }

    func status(of job: JobID) throws -> JobStatus {
        guard let head = try heads(JobStatements.find, [time.parameter, .text(job.value)]).first,
            let status = try statuses(of: [head]).first
        else { throw QueueError.unknownJob(job) }
        return status
    }

    func summaries(limit: Int) throws -> [JobSummary] {
        let heads = try heads(JobStatements.newest, [time.parameter, .int(max(0, limit))])
        return try zip(heads, statuses(of: heads)).map { head, status in
            JobSummary(
                status: status, terms: try CanonicalJSON.decode(JobTerms.self, from: head.asked),
                created: Date(timeIntervalSince1970: head.created))
        }
    }

    func terms(of job: JobID) throws -> JobTerms {
        guard let head = try heads(JobStatements.find, [time.parameter, .text(job.value)]).first else {
            throw QueueError.unknownJob(job)
        }
        return try CanonicalJSON.decode(JobTerms.self, from: head.asked)
    }

    func tasks(of job: JobID) throws -> [TaskRecord] {
        guard let head = try heads(JobStatements.find, [time.parameter, .text(job.value)]).first else {
            throw QueueError.unknownJob(job)
        }
        return try connection.run(JobStatements.tasks, [.int(head.id)]).map(TaskRow.record)
    }

    private func heads(_ statement: Statement, _ parameters: [Parameter]) throws -> [Head] {
        try connection.run(statement, parameters).map { row in
            Head(
                id: try row("id"), job: JobID(try row("name")), now: try row("now"), opens: try row.optional("opens"),
                asked: try row("asked"), created: try row("created"))
        }
    }

    private func statuses(of heads: [Head]) throws -> [JobStatus] {
        guard !heads.isEmpty else { return [] }
        let ids = Parameter.ints(heads.map(\.id))
        let results = try connection.pipeline([(JobStatements.counts, [ids]), (JobStatements.next, [ids])])
        var kinds: [Int: [String: TaskCounts]] = [:]
        for (job, kind, state, number) in try results[0].map(count) {
            kinds[job, default: [:]][kind, default: TaskCounts()][state] = number
        }
        var next: [Int: (due: Double?, expires: Double?)] = [:]
        for (job, due, expires) in try results[1].map(change) { next[job] = (due, expires) }
        return try heads.map { head in
            let kinds = kinds[head.id] ?? [:]
            let isReady = kinds.values.contains { $0[.ready] > 0 }
            let due = [next[head.id]?.due, isReady ? try opening(of: head) : nil].compactMap(\.self).min()
            return JobStatus(
                job: head.job, kinds: kinds, nextDue: due.map { time.date($0, at: head.now) },
                nextExpiry: next[head.id]?.expires.map { time.date($0, at: head.now) })
        }
    }

    /// When tasks that the job's terms keep back are let out; `nil` when they are not kept back.
    private func opening(of head: Head) throws -> Double? {
        let start = Date(timeIntervalSince1970: max(head.now, head.opens ?? head.now))
        let hours = try CanonicalJSON.decode(JobTerms.self, from: head.asked).hours
        if let hours, !hours.contains(start) { return hours.begins(after: start).timeIntervalSince1970 }
        return head.opens
    }

    private func count(_ row: Row) throws -> (Int, String, TaskState, Int) {
        (try row("job"), try row("kind"), try TaskState.stored(row("state")), try row("number"))
    }

    private func change(_ row: Row) throws -> (Int, Double?, Double?) {
        (try row("job"), try row.optional("due"), try row.optional("expires"))
    }
}
