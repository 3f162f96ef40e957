import ArgumentParser
import MezzMedia
import MezzPipeline
import MezzWorkflow

/// What it takes to hand jobs to a fleet: where, on what terms, and what they are to make.
struct SubmissionOptions: ParsableArguments {
    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @OptionGroup(title: "Fleet")
    var store: StoreOptions

    @OptionGroup(title: "Place in the line")
    var terms: TermsOptions

    @OptionGroup(title: "Cost")
    var price: PriceOptions

    @OptionGroup(title: "Package")
    var package: EncodeOptions

    /// - Parameter cache: Folder for copies of what a store elsewhere holds.
    func submission(tools: ToolSet, cache: String) async throws -> JobSubmission {
        JobSubmission(
            queue: try await database.queue(tools: tools), store: try await store.open(cache: cache), tools: tools)
    }
}
