internal import FoundationEssentials
package import MezzWorkflow

extension PostgresQueue: FleetInspection {
    package func depths() async throws(QueueError) -> [QueueDepth] {
        let time = time
        return try await perform { connection, _ in
            try connection.run(FleetStatements.depths, [time.parameter]).map { row in
                QueueDepth(
                    priorityClass: try PriorityClass.stored(row("class")), kind: try row("kind"),
                    ready: try row("ready"), readySlots: try row("ready_slots"), held: try row("held"),
                    running: try row("running"), runningSlots: try row("running_slots"),
                    oldestSeconds: try row("oldest"))
            }
        }
    }

    package func jobs(limit: Int) async throws(QueueError) -> [JobSummary] {
        let time = time
        return try await perform { connection, _ in
            try JobReading(connection: connection, time: time).summaries(limit: limit)
        }
    }

    package func terms(of job: JobID) async throws(QueueError) -> JobTerms {
        let time = time
        return try await perform { connection, _ in
            try JobReading(connection: connection, time: time).terms(of: job)
        }
    }

    package func announce(_ worker: WorkerRecord, for duration: Duration) async throws(QueueError) {
        let record: Data
        do {
            record = try CanonicalJSON.encode(worker)
        } catch {
            throw QueueError(error, at: place)
        }
        let parameters: [Parameter] = [
            time.parameter, .text(worker.worker), .bytes(record), .double(duration / .seconds(1)),
        ]
        try await perform { connection, _ in _ = try connection.run(FleetStatements.announce, parameters) }
    }

    package func dismiss(worker: String) async throws(QueueError) {
        try await perform { connection, _ in _ = try connection.run(FleetStatements.dismiss, [.text(worker)]) }
    }

    package func workers() async throws(QueueError) -> [WorkerRecord] {
        let time = time
        return try await perform { connection, _ in
            try connection.run(FleetStatements.workers, [time.parameter]).map { row in
                try CanonicalJSON.decode(WorkerRecord.self, from: row("record"))
            }
        }
    }
}
