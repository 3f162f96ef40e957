internal import FoundationEssentials
package import MezzWorkflow

extension PostgresQueue: JobInspection {
    package func status(of job: JobID) async throws(QueueError) -> JobStatus {
        let time = time
        return try await perform { connection, _ in
            try JobReading(connection: connection, time: time).status(of: job)
        }
    }

    package func tasks(of job: JobID) async throws(QueueError) -> [TaskRecord] {
        let time = time
        return try await perform { connection, _ in
            try JobReading(connection: connection, time: time).tasks(of: job)
        }
    }

    package func cancel(_ job: JobID) async throws(QueueError) {
        let time = time
        try await perform { connection, _ in
            try connection.transaction {
                let row = try Self.locked(job, on: connection)
                let status = try JobReading(connection: connection, time: time).status(of: job)
                guard !status.state.isFinished else { return }
                for statement in SteeringStatements.cancel {
                    try connection.run(statement, [time.parameter, .int(row)])
                }
            }
        }
    }

    package func retry(_ job: JobID) async throws(QueueError) {
        let time = time
        try await perform { connection, _ in
            try connection.transaction {
                let row = try Self.locked(job, on: connection)
                try connection.run(SteeringStatements.retry, [time.parameter, .int(row)])
                try connection.run(TaskInsertionStatements.wake)
            }
        }
    }

    package func releaseAll(heldBy worker: String?) async throws(QueueError) {
        let time = time
        try await perform { connection, _ in
            try connection.transaction {
                let rows = try connection.run(SteeringStatements.attempts, [.optional(worker)])
                let jobs: [Int] = try rows.map { try $0("job") }
                let attempts = try rows.map { row in
                    Dropping.Attempt(
                        job: try row("job"), task: try row("task"), number: try row("attempt"), failure: nil)
                }
                try connection.run(JobTurn.sharedByAll, [.ints(Array(Set(jobs)))])
                try connection.run(SteeringStatements.lockTasks, [.ints(attempts.map(\.task))])
                try Dropping(connection: connection, time: time).drop(attempts, delay: nil, mark: nil)
            }
        }
    }

    package func forget(_ job: JobID) async throws(QueueError) {
        try await perform { connection, inDoubt in
            try connection.transaction {
                guard let row = try JobRow.lockedID(of: job, on: connection) else {
                    // The try whose answer was lost has done it.
                    if inDoubt { return }
                    throw QueueError.unknownJob(job)
                }
                // Settlements under way end before their tasks go; what they left is then seen by what follows.
                let tasks: [Int] = try connection.run(SteeringStatements.deleteTasks, [.int(row)]).map { try $0("id") }
                for statement in SteeringStatements.deleteDetails { try connection.run(statement, [.ints(tasks)]) }
                for statement in SteeringStatements.deleteJob { try connection.run(statement, [.int(row)]) }
            }
        }
    }

    private static func locked(_ job: JobID, on connection: Connection) throws -> Int {
        guard let row = try JobRow.lockedID(of: job, on: connection) else { throw QueueError.unknownJob(job) }
        return row
    }
}
