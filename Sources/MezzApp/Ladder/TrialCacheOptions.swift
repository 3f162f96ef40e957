import ArgumentParser
import MezzPipeline

/// Where this machine's jobs keep their trial encodes.
struct TrialCacheOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where trial encodes are kept for later runs and other jobs. (default: the user's cache folder)",
            valueName: "dir"))
    var cache: String?

    /// - Returns: `nil` when the user's cache folder cannot be used: the job then keeps its trials to itself.
    /// - Throws: `Failure` when a folder was named and cannot be used.
    func open() throws -> TrialStore? { try TrialCache.open(cache) }
}
