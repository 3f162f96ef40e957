package import MezzCore
internal import Synchronization

/// A store elsewhere, with copies of what was used last in a folder here.
///
/// The copies are a convenience: each is compared with its hash when it is made, one that has gone is fetched again, and
/// the whole folder may be deleted at any moment. Evicting a copy does not disturb who has linked it under a name of
/// their own.
package final class CachedStore: Sendable {
    /// The store itself.
    package let remote: any ObjectStore
    private let folder: String
    private let limit: Int
    private let state = Mutex(CacheBook())
    private let arrivals = Arrivals()

    /// - Parameters:
    ///   - folder: On a local disk, best the one that tasks work on: then nothing is copied twice.
    ///   - limit: Bytes that copies may take; the object that is being fetched may exceed it.
    package init(_ remote: any ObjectStore, folder: String, limit: Int) async throws(StoreError) {
        self.remote = remote
        self.folder = folder
        self.limit = limit
        let local = try LocalStore(root: folder)
        // Only one process works with the folder, so what is arriving there has lost its receiver.
        for name in try Folder.names(in: "\(folder)/arriving") { try Folder.removeFile("\(folder)/arriving/\(name)") }
        for hash in try await local.hashes() {
            guard let path = try await local.localPath(of: hash), let bytes = Folder.size(of: path) else { continue }
            state.withLock { $0.note(hash, bytes: bytes) }
        }
    }

    /// Whether there is a copy of the whole object here.
    package func holdsCopy(of hash: ContentHash) -> Bool {
        (try? local().path(of: hash)).flatMap { Folder.size(of: $0) } != nil
    }

    /// The store's folders are made anew each time: somebody may have deleted them.
    private func local() throws(StoreError) -> LocalStore { try LocalStore(root: folder, sweeping: false) }

    /// The copy's path, fetched when there is none.
    private func copy(of hash: ContentHash) async throws(StoreError) -> String {
        if let path = try await present(hash) { return path }
        return try await arrivals.share(hash) { () async throws(StoreError) in
            if let path = try await self.present(hash) { return path }
            let arriving = "\(self.folder)/arriving/\(hash.hex)"
            try await self.remote.fetch(hash, to: arriving)
            let local = try self.local()
            let path = try local.place(for: hash)
            // Nobody who is given it may write to it.
            try OpenFile.reading(arriving).setMode(0o444)
            _ = try Folder.rename(arriving, to: path)
            return try await self.admit(hash, at: path, to: local)
        }
    }

    private func present(_ hash: ContentHash) async throws(StoreError) -> String? {
        let path = try local().path(of: hash)
        guard let bytes = Folder.size(of: path) else { return nil }
        state.withLock { $0.note(hash, bytes: bytes) }
        return path
    }

    private func drop(_ hash: ContentHash) async throws(StoreError) {
        try await local().remove(hash)
        state.withLock { $0.forget(hash) }
    }

    /// Enters a copy into the book and makes room for it.
    private func admit(_ hash: ContentHash, at path: String, to local: LocalStore) async throws(StoreError) -> String {
        guard let bytes = Folder.size(of: path) else { throw .missing(hash) }
        let evicted = state.withLock { $0.admit(hash, bytes: bytes, limit: limit) }
        for old in evicted { try await local.remove(old) }
        return path
    }
}

extension CachedStore: ObjectStore {
    package func put(
        fileAt path: String, as hash: ContentHash?, by intake: Intake
    ) async throws(StoreError) -> StoredObject {
        let object = try await remote.put(fileAt: path, as: hash, by: .copying)
        guard intake == .moving else { return object }
        // Whoever reads it next is often on this machine. Without a copy nothing is lost.
        do throws(StoreError) {
            let local = try local()
            _ = try await local.put(fileAt: path, as: object.hash, by: .moving)
            _ = try await admit(object.hash, at: local.path(of: object.hash), to: local)
        } catch {
            try Folder.removeFile(path)
        }
        return object
    }

    package func localPath(of hash: ContentHash) async throws(StoreError) -> String? {
        do throws(StoreError) {
            return try await copy(of: hash)
        } catch .missing(hash) {
            return nil
        }
    }

    package func fetch(_ hash: ContentHash, to path: String) async throws(StoreError) {
        do throws(StoreError) {
            _ = try await copy(of: hash)
            try await local().fetch(hash, to: path)
        } catch .missing, .damaged {
            // Evicted meanwhile, or spoilt on this disk.
            try await drop(hash)
            try await remote.fetch(hash, to: path)
        }
    }

    package func fetch(_ hash: ContentHash, ranges: [Range<Int>], into path: String) async throws(StoreError) {
        guard try await present(hash) != nil else { return try await remote.fetch(hash, ranges: ranges, into: path) }
        do throws(StoreError) {
            try await local().fetch(hash, ranges: ranges, into: path)
        } catch .missing, .beyondEnd {
            // Evicted meanwhile, or cut off on this disk; the store itself knows where the object ends.
            try await remote.fetch(hash, ranges: ranges, into: path)
        }
    }

    package func contains(_ hash: ContentHash) async throws(StoreError) -> Bool { try await remote.contains(hash) }

    package func remove(_ hash: ContentHash) async throws(StoreError) {
        try await remote.remove(hash)
        try await drop(hash)
    }
}
