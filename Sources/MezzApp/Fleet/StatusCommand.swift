import ArgumentParser
import MezzCore
import MezzFleet
import MezzWorkflow

/// `mezz status`: where a job stands.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Tell where a fleet's job stands.")

    @Argument(help: "The job, as mezz submit printed it.")
    var job: String

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @Flag(help: "Print it as JSON.")
    var json = false

    func run() async throws {
        let queue = try await database.queue()
        let document = JobStatusDocument(
            try await queue.status(of: JobID(job)), tasks: try await queue.tasks(of: JobID(job)))
        if json { Output.json(document) } else { Output.line(document.text) }
    }
}

/// A job's state for programs and people.
struct JobStatusDocument: Encodable {
    let job: String
    let state: JobState
    let stages: [Stage]
    let running: [Running]
    let failures: [Failed]

    /// The tasks of one kind.
    struct Stage: Encodable {
        let name: String
        let tasks: Int
        let done: Int
        let running: Int
        let ready: Int
        let failed: Int
    }

    /// A task on a worker.
    struct Running: Encodable {
        let task: String
        let worker: String
        let attempt: Int
    }

    /// A task that has failed, for good or so far.
    struct Failed: Encodable {
        let task: String
        let final: Bool
        let failure: TaskFailure
    }

    init(_ status: JobStatus, tasks: [TaskRecord]) {
        job = status.job.value
        state = status.state
        stages = status.kinds.sorted { (StageNames.rank($0.key), $0.key) < (StageNames.rank($1.key), $1.key) }
            .map { kind, counts in
                Stage(
                    name: kind, tasks: counts.total, done: counts.done, running: counts[.running],
                    ready: counts[.ready],
                    failed: counts[.failed])
            }
        running = tasks.filter { $0.state == .running }
            .map { Running(task: $0.request.name, worker: $0.worker ?? "", attempt: $0.attempts) }
        failures = tasks.compactMap { task in
            guard task.state != .succeeded else { return nil }
            return task.failure.map { Failed(task: task.request.name, final: task.state == .failed, failure: $0) }
        }
    }

    var text: String {
        let header = ["stage", "tasks", "done", "running", "ready", "failed"]
        let rows = stages.map { stage in
            [stage.name] + [stage.tasks, stage.done, stage.running, stage.ready, stage.failed].map(String.init)
        }
        var lines = ["\(job): \(state.rawValue)", TextTable(header: header, rows: rows, leftAligned: 1).text]
        lines += running.map { "running: \($0.task.printable) on \($0.worker.printable)" }
        lines += failures.map {
            "\($0.final ? "failed" : "tried again"): \($0.task.printable): \($0.failure.what.printable): "
                + $0.failure.place.printable
        }
        return lines.joined(separator: "\n")
    }
}
