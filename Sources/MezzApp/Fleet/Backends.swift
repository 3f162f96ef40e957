import Foundation
import MezzCore
import MezzFleet
import MezzQueuePostgres
import MezzQueueSQLite
import MezzStorage
import MezzStorageS3

/// Chooses the queue and the store by their addresses.
enum Backends {
    /// - Parameter patience: How long faults of the database that may pass are waited out.
    static func queue(_ address: String, patience: Duration = .seconds(30)) async throws -> any FleetQueue {
        if let path = address.dropping("sqlite:") {
            let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
            try FileManager.default.createDirectory(
                atPath: (absolute as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            return try SQLiteQueue(path: absolute)
        }
        if address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") {
            return try await PostgresQueue(address: address, patience: patience)
        }
        throw Failure(
            .usage, what: "the database is of no kind that mezz knows", place: "--database",
            remedy: "name sqlite:PATH or postgres://HOST/NAME")
    }

    /// - Parameters:
    ///   - cache: Folder for copies of what a store elsewhere holds; a store on this machine needs none.
    ///   - limit: Bytes that copies may take.
    static func store(_ place: String, cache: String, limit: Int = .max) async throws -> any ObjectStore {
        guard place.hasPrefix("s3:") else {
            if place.contains("://") {
                throw Failure(
                    .usage, what: "the store is of no kind that mezz knows", place: "--store",
                    remedy: "name a folder or s3://BUCKET/PREFIX")
            }
            return try LocalStore(root: URL(fileURLWithPath: place).standardizedFileURL.path)
        }
        return try await CachedStore(
            try S3Store(place, environment: ProcessInfo.processInfo.environment), folder: cache, limit: limit)
    }

    /// Gives up uploads that dead workers have left in a store elsewhere. What cannot be done now is done by the next
    /// worker that starts.
    static func tidy(_ store: any ObjectStore) async {
        guard let remote = (store as? CachedStore)?.remote as? S3Store else { return }
        _ = try? await remote.sweepAbandonedUploads(olderThan: abandonedAfter)
    }

    /// A day: longer than any upload takes.
    private static let abandonedAfter = 86_400.0
}

extension String {
    fileprivate func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
