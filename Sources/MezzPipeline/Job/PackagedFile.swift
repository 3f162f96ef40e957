import Foundation
import Glibc
import MezzCore
import MezzStorage
import MezzWorkflow

/// Brings an artifact to a path of its own.
enum PackagedFile {
    /// The store's file under a second name where the disk allows it, a copy elsewhere.
    static func place(_ artifact: Artifact, at path: String, from store: any ObjectStore) async throws {
        try await place(artifact.hash, at: path, from: store)
    }

    static func place(_ hash: ContentHash, at path: String, from store: any ObjectStore) async throws {
        if let object = try await store.localPath(of: hash), link(object, path) == 0 { return }
        try await store.fetch(hash, to: path)
    }
}
