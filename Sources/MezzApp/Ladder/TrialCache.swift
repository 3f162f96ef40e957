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
        return try? store(in: CacheFolder.ofUser ?? "/tmp/.cache/mezz")
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
