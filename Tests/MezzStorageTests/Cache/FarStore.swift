import Foundation
import MezzCore
import MezzStorage
import Synchronization

/// A store that is not on this machine, as far as anybody can tell: it counts what is fetched from it.
final class FarStore: ObjectStore {
    struct Traffic: Hashable {
        var whole = 0
        var ranges = 0
    }

    private let base: LocalStore
    private let counts = Mutex(Traffic())
    private let delay: Duration

    /// - Parameter delay: How long a fetch takes at least.
    init(_ folder: String, delay: Duration = .zero) throws(StoreError) {
        base = try LocalStore(root: folder)
        self.delay = delay
    }

    var traffic: Traffic { counts.withLock { $0 } }

    func put(fileAt path: String, as hash: ContentHash?, by intake: Intake) async throws(StoreError) -> StoredObject {
        try await base.put(fileAt: path, as: hash, by: intake)
    }

    func localPath(of hash: ContentHash) async throws(StoreError) -> String? { nil }

    func fetch(_ hash: ContentHash, to path: String) async throws(StoreError) {
        counts.withLock { $0.whole += 1 }
        try? await Task.sleep(for: delay)
        try await base.fetch(hash, to: path)
    }

    func fetch(_ hash: ContentHash, ranges: [Range<Int>], into path: String) async throws(StoreError) {
        counts.withLock { $0.ranges += 1 }
        try await base.fetch(hash, ranges: ranges, into: path)
    }

    func contains(_ hash: ContentHash) async throws(StoreError) -> Bool { try await base.contains(hash) }

    func remove(_ hash: ContentHash) async throws(StoreError) { try await base.remove(hash) }
}
