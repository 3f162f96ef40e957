import Foundation
import MezzCore
import MezzPipeline
import MezzQueueSQLite

/// Opens the store of trial encodes that all jobs of a user share.
enum TrialCache {
    /// - Parameter folder: `nil` takes the user's cache folder by the XDG base directory specification.
    /// - Returns: `nil` when the user's cache folder cannot be used: the job then keeps its trials to itself.
    /// - Throws: `Failure` when a folder was named and cannot be used.
    static func open(_ folder: String?) throws -> TrialStore? {
        if let folder { return try store(in: folder) }
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? "/tmp"
        let base = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.cache"
        return try? store(in: base + "/mezz")
    }

    private static func store(in folder: String) throws -> TrialStore {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            return TrialStore(try SQLiteQueue(path: folder + "/trials.db"))
        } catch {
            throw Failure(
                .failed, what: "the cache folder cannot be used", place: folder.printable,
                remedy: "name another with --cache", detail: String(describing: error))
        }
    }
}
