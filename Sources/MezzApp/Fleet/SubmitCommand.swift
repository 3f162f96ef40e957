import ArgumentParser
import MezzCore
import MezzIngest
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

    @OptionGroup
    var options: SubmissionOptions

    @Flag(help: "Print what the job is expected to cost, and submit nothing.")
    var quote = false

    @Flag(help: "Print the job as JSON.")
    var json = false

    private struct Submitted: Encodable {
        let job: String
    }

    func run() async throws {
        let keys = try await options.package.keys()
        let tools = try await Tooling.findForJobs()
        let wish = try await options.package.wish(keys: keys, tools: tools)
        let spec = wish.spec
        let costs = Quoting(rates: CostBook().rates, price: try options.price.price())
        if quote {
            let inspector = Inspector(runner: ToolRunner(tools: tools), reading: spec.reading)
            let info = try await inspector.inspect(try SourceFile.check(source).path)
            let quote = try PlanPreview(spec: spec, source: info, costs: costs).quote
            return json ? Output.json(quote) : Output.line(quote.text)
        }
        let passing = try TemporaryFolder("submit")
        defer { passing.remove() }
        let submission = try await options.submission(tools: tools, cache: passing.path)
        let job = try await submission.submit(
            source, spec: spec, sideFiles: wish.sideFiles, terms: options.terms.terms(), costs: costs
        ) {
            Output.error($0)
        }
        if json { Output.json(Submitted(job: job.value)) } else { Output.line(job.value) }
    }
}
