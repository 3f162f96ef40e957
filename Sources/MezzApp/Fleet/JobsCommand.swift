import ArgumentParser
import Foundation
import MezzCore
import MezzFleet
import MezzPipeline
import MezzWorkflow

/// `mezz jobs`: a fleet's jobs.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "jobs", abstract: "List a fleet's jobs, newest first.")

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
    var limit = 50

    @Flag(help: "Print the list as JSON.")
    var json = false

    func validate() throws {
        guard limit >= 1, limit <= 100_000 else { throw ValidationError("--limit takes 1 to 100000") }
    }

    func run() async throws {
        let jobs = try await database.queue().jobs(limit: limit).map(JobLine.init)
        if json { return Output.json(jobs) }
        let rows = jobs.map { job in
            [
                job.job, job.state.rawValue, job.priorityClass.rawValue, "\(job.done)/\(job.tasks)",
                job.created.formatted(.iso8601), job.source.printable,
            ]
        }
        let header = ["job", "state", "class", "done", "submitted", "source"]
        Output.line(TextTable(header: header, rows: rows, leftAligned: 3).text)
    }
}

/// A job in the list.
struct JobLine: Encodable {
    let job: String
    let state: JobState
    let priorityClass: PriorityClass
    let done: Int
    let tasks: Int
    let failed: Int
    let created: Date
    let deadline: Date?
    let source: String

    init(_ summary: JobSummary) {
        job = summary.status.job.value
        state = summary.status.state
        priorityClass = summary.terms.priorityClass
        done = summary.status.counts.done
        tasks = summary.status.counts.total
        failed = summary.status.counts[.failed]
        created = summary.created
        deadline = summary.terms.deadline
        source = (try? JobTicket(of: summary.status.job, terms: summary.terms))?.source.name ?? "unknown"
    }

    private enum CodingKeys: String, CodingKey {
        case job
        case state
        case priorityClass = "class"
        case done
        case tasks
        case failed
        case created
        case deadline
        case source
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(job, forKey: .job)
        try container.encode(state, forKey: .state)
        try container.encode(priorityClass, forKey: .priorityClass)
        try container.encode(done, forKey: .done)
        try container.encode(tasks, forKey: .tasks)
        try container.encode(failed, forKey: .failed)
        try container.encode(created.formatted(.iso8601), forKey: .created)
        try container.encode(deadline?.formatted(.iso8601), forKey: .deadline)
        try container.encode(source, forKey: .source)
    }
}
