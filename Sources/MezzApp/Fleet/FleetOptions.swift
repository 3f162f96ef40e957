import ArgumentParser
import Foundation
import MezzCore
import MezzFleet
import MezzMedia
import MezzPipeline
import MezzStorage

/// Where a fleet keeps its state.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "sqlite:PATH or postgres://HOST/NAME. (default: MEZZ_DATABASE)",
            discussion: "A password is better kept in PGPASSFILE or MEZZ_DATABASE: arguments are visible to all users.",
            valueName: "url"))
    var database: String?

    /// The queue as this toolset sees it.
    ///
    /// - Parameters:
    ///   - tools: Decide which tasks belong to this machine's toolset; `nil` for commands that only look.
    ///   - patience: How long faults of the database that may pass are waited out.
    func queue(tools: ToolSet? = nil, patience: Duration = .seconds(30)) async throws -> StampedQueue {
        let address = try FleetVariable.value(
            database, "MEZZ_DATABASE", "--database", "sqlite:PATH or postgres://HOST/NAME")
        return StampedQueue(
            try await Backends.queue(address, patience: patience),
            stamp: JobTicket.stamp(versions: tools?.namedVersions ?? [:]))
    }
}

/// Where a fleet keeps its files.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A folder, or s3://BUCKET/PREFIX. (default: MEZZ_STORE)", valueName: "place"))
    var store: String?

    /// - Parameters:
    ///   - cache: Folder for copies of what a store elsewhere holds.
    ///   - limit: Bytes that copies may take.
    func open(cache: String, limit: Int = .max) async throws -> any ObjectStore {
        let place = try FleetVariable.value(store, "MEZZ_STORE", "--store", "a folder or s3://BUCKET/PREFIX")
        return try await Backends.store(place, cache: cache, limit: limit)
    }
}

/// An option that the environment may give as well.
private enum FleetVariable {
    static func value(_ option: String?, _ variable: String, _ name: String, _ remedy: String) throws(Failure) -> String
    {
        if let value = option ?? ProcessInfo.processInfo.environment[variable], !value.isEmpty { return value }
        throw Failure(
            .usage, what: "\(name) is missing", place: "command line", remedy: "name \(remedy), or set \(variable)")
    }
}
