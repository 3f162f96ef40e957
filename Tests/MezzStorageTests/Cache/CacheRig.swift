import Foundation
import MezzCore
import MezzStorage
import MezzTestKit
import Testing

/// A cache before a store elsewhere, both in a test's folder.
struct CacheRig {
    let folder: TestFolder
    let far: FarStore

    init(_ folder: TestFolder, delay: Duration = .zero) throws {
        self.folder = folder
        far = try FarStore(folder("far"), delay: delay)
    }

    /// A new process's cache over the same folder.
    func cache(limit: Int = 1_000_000) async throws -> CachedStore {
        try await CachedStore(far, folder: folder("cache"), limit: limit)
    }

    /// Brings an object into the store elsewhere.
    func object(_ name: String, bytes: Int = 100) async throws -> ContentHash {
        try await far.put(fileAt: file(name, bytes: bytes)).hash
    }

    @discardableResult
    func file(_ name: String, bytes: Int = 100) throws -> String { try folder.write(content(name, bytes), to: name) }

    func content(_ name: String, _ bytes: Int = 100) -> Data {
        let letters = Array(name.utf8)
        return Data((0..<bytes).map { letters[$0 % letters.count] ^ UInt8(truncatingIfNeeded: $0 / letters.count) })
    }

    /// Where the cache keeps its copy.
    func place(_ hash: ContentHash) -> String {
        folder("cache/objects/\(hash.hex.prefix(2))/\(hash.hex.dropFirst(2))")
    }

    func spoil(_ hash: ContentHash, with content: Data) throws {
        let path = place(hash)
        try FileManager.default.removeItem(atPath: path)
        try content.write(to: URL(fileURLWithPath: path))
    }
}
