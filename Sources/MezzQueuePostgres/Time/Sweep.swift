internal import FoundationEssentials
internal import MezzWorkflow

/// Lets time do its work: jobs begin, delayed tasks become due, abandoned ones come back and old ones move up. Rows
/// that another sweep has in hand are left to it, and what is much is done in parts: the rest comes with the next
/// sweep, so that no lease waits for long.
struct Sweep {
    let connection: Connection
    let time: QueueTime
    /// After how many seconds a ready task moves up a class.
    let ageing: Double

    /// Asks what there is to do, and does it. Returns whether there was anything.
    @discardableResult
    func ifDue() throws -> Bool {
        let (statement, parameters) = question
        return try perform(connection.run(statement, parameters))
    }

    /// Asks what there is to do.
    var question: (statement: Statement, parameters: [Parameter]) {
        (SweepStatements.due, [time.parameter, .double(ageing)])
    }

    /// Does what the answer to ``question`` says. Returns whether that was anything.
    func perform(_ answer: Rows) throws -> Bool {
        guard let due = answer.first else { return false }
        let (toOpen, delayed, expired, aged): (Bool, Bool, Bool, Bool) =
            (try due("to_open"), try due("delayed"), try due("expired"), try due("aged"))
        if toOpen { try openJob() }
        if delayed { try promote() }
        if expired { try takeBack() }
        if aged { try connection.run(SweepStatements.age, [time.parameter, .double(ageing)]) }
        return toOpen || delayed || expired || aged
    }

    /// Lets tasks of the job that has been due for longest into the lanes.
    private func openJob() throws {
        try connection.transaction {
            guard let job: Int = try connection.run(SweepStatements.lockToOpen, [time.parameter]).first?("id") else {
                return
            }
            try connection.run(JobTurn.alone, [.int(job)])
            try connection.run(SweepStatements.open, [time.parameter, .int(job)])
        }
    }

    private func promote() throws {
        try connection.transaction {
            let jobs: [Int] = try connection.run(SweepStatements.jobsOfDelayed, [time.parameter]).map { try $0("job") }
            try connection.run(JobTurn.sharedByAll, [.ints(jobs)])
            try connection.run(SweepStatements.promote, [time.parameter, .ints(jobs)])
        }
    }

    private func takeBack() throws {
        try connection.transaction {
            let jobs = try connection.run(SweepStatements.jobsOfExpired, [time.parameter]).map { row in
                (id: try row("job", as: Int.self), fails: try row("fails", as: Bool.self))
            }
            try connection.run(SweepStatements.lockJobs, [.ints(jobs.filter(\.fails).map(\.id))])
            try connection.run(JobTurn.sharedByAll, [.ints(jobs.map(\.id))])
            let expired = try connection.run(
                SweepStatements.lockExpired,
                [time.parameter, .ints(jobs.map(\.id)), .ints(jobs.filter(\.fails).map(\.id))])
            let attempts = try expired.map { row in
                Dropping.Attempt(
                    job: try row("job"), task: try row("task"), number: try row("attempt"),
                    failure: try CanonicalJSON.encode(
                        TaskFailure.abandoned(task: row("name"), attempts: row("failures", as: Int.self) + 1)))
            }
            guard !attempts.isEmpty else { return }
            try Dropping(connection: connection, time: time).drop(attempts, delay: 0, mark: nil)
        }
    }
}
