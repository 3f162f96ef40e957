import ArgumentParser
import MezzCore
import MezzFleet
import MezzWorkflow

/// `mezz cancel`: ends a job.
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End a fleet's job; what is running stops.")

    @Argument(help: "The job, as mezz submit printed it.")
    var job: String

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    func run() async throws {
        try await database.queue().cancel(JobID(job))
    }
}

/// `mezz retry`: takes a job up again.
struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Take a failed or cancelled job up again; finished work is not repeated.")

    @Argument(help: "The job, as mezz submit printed it.")
    var job: String

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    func run() async throws {
        try await database.queue().retry(JobID(job))
    }
}
