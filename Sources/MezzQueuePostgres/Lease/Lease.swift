internal import FoundationEssentials
internal import MezzWorkflow

/// Takes the first ready task that finds room and is not being taken by somebody else.
struct Lease: Sendable {
    let offer: WorkerOffer
    let job: JobID?
    let seconds: Double
    let time: QueueTime
    /// After how many seconds a ready task moves up a class.
    let ageing: Double
    /// What the lease leaves with the attempt, to be found again when the answer is lost.
    let mark = Int.random(in: .min ... .max)

    /// One round trip and one transaction, unless time has work to do. When nothing is ready, time is asked in any
    /// case.
    func take(on connection: Connection, asksTime: Bool) throws -> LeasedTask? {
        switch (time, asksTime) {
        case (.shared, _):
            // To the moment, as tests want it.
            try sweep(connection).ifDue()
            return try firstFree(on: connection)
        case (.server, false):
            if let task = try firstFree(on: connection) { return task }
            // What others are sweeping right now is theirs; waiting for them would be waiting for all of them.
            return try sweep(connection).ifDue() ? firstFree(on: connection) : nil
        case (.server, true):
            let results = try connection.pipeline([sweep(connection).question, lease])
            guard let task = try taken(results[1]) else {
                return try sweep(connection).perform(results[0]) ? firstFree(on: connection) : nil
            }
            // The task is this worker's whatever comes of the sweep, which others repeat.
            _ = try? sweep(connection).perform(results[0])
            return task
        }
    }

    /// A task that another worker has been running for too long.
    func takeStraggler(
        slowerThan rule: StragglerRule, on connection: Connection, asksTime: Bool
    ) throws -> LeasedTask? {
        if asksTime { try sweep(connection).ifDue() }
        let found = try connection.run(
            StragglerStatements.find,
            [time.parameter] + room + [
                .text(offer.worker), .double(rule.seconds), .double(rule.factor), .int(rule.finished),
            ])
        guard let row = found.first else { return nil }
        let (id, job): (Int, Int) = (try row("task"), try row("job"))
        let results = try connection.pipeline([
            (StragglerStatements.lock, [.int(id), .int(job)]),
            (
                StragglerStatements.take,
                [time.parameter, .int(id), .text(offer.worker), .double(seconds), .int(mark), .int(job)]
            ),
        ])
        return try results[1].first.map(task)
    }

    /// The task that an earlier try took although its answer was lost.
    func recovered(on connection: Connection) throws -> LeasedTask? {
        try connection.run(LeaseStatements.recover, [time.parameter, .int(mark)]).first.map(task)
    }

    /// Again while a key's last place goes to somebody else between the look and the grasp: each time one worker more
    /// has a task.
    private func firstFree(on connection: Connection) throws -> LeasedTask? {
        let (statement, parameters) = lease
        while true {
            let rows = try connection.run(statement, parameters)
            if let task = try taken(rows) { return task }
            guard try rows.first?("crowded") ?? false else { return nil }
        }
    }

    private var lease: (statement: Statement, parameters: [Parameter]) {
        let common = [time.parameter] + room + [.text(offer.worker), .double(seconds), .int(mark)]
        return job.map { (LeaseStatements.ofJob, common + [.text($0.value)]) } ?? (LeaseStatements.any, common)
    }

    private func sweep(_ connection: Connection) -> Sweep { Sweep(connection: connection, time: time, ageing: ageing) }

    private func taken(_ rows: Rows) throws -> LeasedTask? {
        guard let row = rows.first, try row.optional("id", as: Int.self) != nil else { return nil }
        return try task(row)
    }

    private var room: [Parameter] {
        [
            .int(offer.free.slots), .int(offer.free.memory), .int(offer.free.disk),
            offer.kinds.map { .texts($0.sorted()) } ?? .none,
        ]
    }

    private func task(_ row: Row) throws -> LeasedTask {
        let names: [String] = try row("input_names")
        let outputs: [Data] = try row("input_outputs")
        let artifacts: [Data] = try row("input_artifacts")
        let inputs = try zip(names, zip(outputs, artifacts)).map { name, content in
            TaskInput(name: name, output: content.0, artifacts: try ArtifactList.read(content.1))
        }
        return LeasedTask(
            job: JobID(try row("job_name")), request: try TaskRow.request(row, after: names), inputs: inputs,
            attempt: try row("attempt"), failures: try row("failures"), worker: try row("worker"),
            expires: time.date(try row("expires"), at: try row("now")))
    }
}
