internal import FoundationEssentials
internal import MezzCore
internal import MezzWorkflow

/// Ends an attempt, provided that it still holds its lease.
struct Settling: Sendable {
    private let task: LeasedTask
    private let time: QueueTime
    private let ending: Ending
    private let mark = Int.random(in: .min ... .max)

    private enum Ending: Sendable {
        /// The statement's own parameters, and the tasks to add.
        case success([Parameter], children: [TaskRequest])
        /// The failure as JSON, and after how many seconds the task comes again, if it does.
        case failure(Data, delay: Double?)
        case release
    }

    /// Encodes everything before a connection is taken: a large fan-out takes long, and others need not wait for
    /// that.
    init(task: LeasedTask, settlement: Settlement, time: QueueTime) throws {
        self.task = task
        self.time = time
        switch settlement {
        case .succeeded(let outcome, let identity, let cached):
            let isRemembered = identity != nil && !cached
            let parameters: [Parameter] = [
                .bytes(outcome.output), .bytes(try ArtifactList.write(outcome.artifacts)),
                .double(outcome.usage.cpuSeconds), .double(outcome.usage.wallSeconds), .bool(cached),
                .optional(identity?.hex), isRemembered ? .bytes(try RememberedOutcome.encode(outcome)) : .none,
            ]
            ending = .success(parameters, children: outcome.children)
        case .failed(let failure, let delay):
            ending = .failure(try CanonicalJSON.encode(failure), delay: delay.map { $0 / .seconds(1) })
        case .released:
            ending = .release
        }
    }

    /// Throws ``QueueError/leaseLost(_:task:)`` and changes nothing when the attempt holds no lease any more.
    func run(on connection: Connection) throws {
        switch ending {
        case .success(let parameters, let children) where children.isEmpty:
            try succeed(parameters, on: connection)
        case .success(let parameters, let children):
            try connection.transaction {
                guard let row = try JobRow.lockedID(of: task.job, on: connection) else { throw leaseLost }
                try succeed(parameters, on: connection)
                try TaskInsertion(connection: connection, job: task.job, row: row, time: time).insert(children)
            }
        case .failure(let failure, let delay):
            try connection.transaction {
                _ = try JobRow.lockedID(of: task.job, on: connection)
                try drop(failure, delay: delay, on: connection)
            }
        case .release:
            try connection.transaction { try drop(nil, delay: nil, on: connection) }
        }
    }

    /// Whether the row carries this settlement, although its answer was lost.
    func tookPlace(on connection: Connection) throws -> Bool {
        try !connection.run(SettleStatements.find, name + [.int(mark)]).isEmpty
    }

    private var name: [Parameter] { [.text(task.job.value), .text(task.request.name)] }

    private var leaseLost: QueueError { .leaseLost(task.job, task: task.request.name) }

    private func succeed(_ parameters: [Parameter], on connection: Connection) throws {
        let rows = try connection.run(
            SettleStatements.succeed, [time.parameter] + name + [.int(task.attempt), .int(mark)] + parameters)
        guard try rows.first?.optional("task", as: Int.self) != nil else { throw leaseLost }
    }

    private func drop(_ failure: Data?, delay: Double?, on connection: Connection) throws {
        guard let row = try connection.run(SettleStatements.lock, name).first else { throw leaseLost }
        let attempt = Dropping.Attempt(
            job: try row("job"), task: try row("id"), number: task.attempt, failure: failure)
        guard try Dropping(connection: connection, time: time).drop([attempt], delay: delay, mark: mark) > 0 else {
            throw leaseLost
        }
    }
}
