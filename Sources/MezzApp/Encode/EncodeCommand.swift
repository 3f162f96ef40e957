import ArgumentParser
import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzPipeline

/// `mezz encode`: the main job.
struct EncodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode", abstract: "Encode a source into a streaming package.",
        discussion: "Run again with the same arguments it resumes; finished work is not repeated.")

    @Argument(help: "The mezzanine: a file that FFmpeg reads.")
    var source: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The package's folder.", valueName: "dir"))
    var output: String

    @OptionGroup(title: "Package")
    var options: EncodeOptions

    @OptionGroup(title: "Trial encodes")
    var trials: TrialCacheOptions

    @OptionGroup(title: "Cost")
    var price: PriceOptions

    @Option(help: ArgumentHelp("Tasks at once. (default: the number of cores)", valueName: "n"))
    var workers: Int?

    @Flag(help: "Print the plan with a forecast of its cost, and end.")
    var dryRun = false

    @Flag(help: "Remove the state folder .mezz at the end.")
    var noKeep = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    func validate() throws {
        if let workers, workers < 1 || workers > 1024 { throw ValidationError("--workers takes 1 to 1024") }
    }

    func run() async throws {
        let path = try SourceFile.check(source).path
        let keys = try await options.keys()
        let tools = try await Tooling.findForJobs()
        let wish = try await options.wish(keys: keys, tools: tools)
        let spec = wish.spec
        let slots = workers ?? ProcessInfo.processInfo.activeProcessorCount
        let (book, price) = (CostBook(folder: trials.cache), try price.price())
        if dryRun {
            let costs = Quoting(rates: book.rates, price: price, slots: slots)
            try await DryRun(source: path, spec: spec, tools: tools, costs: costs).print(json: json)
            return
        }
        let session = EncodeSession(
            source: path, output: output, spec: spec, sideFiles: wish.sideFiles, keys: keys,
            tools: tools, slots: slots,
            trials: try trials.open(),
            expected: CostExpectation(.rates(book.rates), price: price), keepsState: !noKeep)
        let result = try await session.run()
        book.learn(result.lesson)
        if json {
            Output.write(String(decoding: try result.report.encoded(), as: UTF8.self), to: .standardOutput)
        } else {
            Output.line(EncodeSummary(report: result.report, folder: output).text)
        }
        if !result.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }
}
