import ArgumentParser
import MezzCore
import MezzMedia
import MezzPipeline
import MezzWorkflow

/// `mezz submit`: hands a job to a fleet.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Hand an encode to a fleet of workers.",
        discussion: """
            The source is checked here and brought into the store. The same source with the same options is the same \
            job, however often it is submitted; one that failed is taken up again.
            """)

    @Argument(help: "The mezzanine: a file that FFmpeg reads.")
    var source: String

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @OptionGroup(title: "Fleet")
    var store: StoreOptions

    @OptionGroup(title: "Place in the line")
    var terms: TermsOptions

    @OptionGroup(title: "Package")
    var options: EncodeOptions

    @Flag(help: "Print the job as JSON.")
    var json = false

    private struct Submitted: Encodable {
        let job: String
    }

    func run() async throws {
        let spec = try options.spec()
        let tools = try await Tooling.find()
        let passing = try TemporaryFolder("submit")
        defer { passing.remove() }
        let queue = try await database.queue(tools: tools)
        let job = try await JobSubmission(queue: queue, store: try await store.open(cache: passing.path), tools: tools)
            .submit(source, spec: spec, terms: terms.terms()) { Output.error($0) }
        if json { Output.json(Submitted(job: job.value)) } else { Output.line(job.value) }
    }
}
