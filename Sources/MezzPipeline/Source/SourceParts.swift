import Foundation
import Glibc
import MezzCore
import MezzIngest
package import MezzStorage

/// Sources of which a machine has fetched only the bytes that its tasks asked for: sparse files with holes.
package actor SourceParts {
    private let cache: CachedStore
    private let folder: String
    private var files: [ContentHash: Held] = [:]
    private var maps: [ContentHash: PacketMap] = [:]

    private struct Held {
        var present: ByteSpans
        let path: String
    }

    /// - Parameters:
    ///   - cache: Where sources come from; what it has a copy of is not fetched in parts.
    ///   - folder: For the sparse files; emptied, because what they hold is known only to the process that fetched it.
    package init(cache: CachedStore, folder: String) {
        self.cache = cache
        self.folder = folder
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Above this share of a file fetching all of it costs little more, and serves every later task.
    private static let worthwhile = 0.5

    /// Whether parts of the source will do for `range`, and which.
    ///
    /// - Returns: `nil` when the whole file should be fetched.
    func bytes(of source: StoredSource, for range: FrameRange, rate: Rational, lookBack: Double) async throws -> [Range<
        Int
    >]? {
        guard !cache.holdsCopy(of: source.hash), let hash = source.map, let map = try await map(hash) else {
            return nil
        }
        let bytes = map.bytes(for: range, rate: rate, lookBack: lookBack, size: source.bytes)
        let share = Double(bytes.reduce(0) { $0 + $1.count }) / Double(max(source.bytes, 1))
        return share <= Self.worthwhile ? bytes : nil
    }

    /// Lays the source out at `path`, a name of the caller's own, so that at least `bytes` of it can be read there.
    func place(_ source: StoredSource, _ bytes: [Range<Int>], at path: String) async throws {
        let held = try held(source)
        let missing = held.present.missing(of: bytes)
        if !missing.isEmpty { try await cache.remote.fetch(source.hash, ranges: missing, into: held.path) }
        files[source.hash]?.present.insert(missing)
        guard link(held.path, path) == 0 else {
            files[source.hash] = nil
            throw Failure(
                .temporary, what: "a part of the source cannot be laid out", place: path.printable,
                remedy: "check the worker's disk")
        }
    }

    private func held(_ source: StoredSource) throws -> Held {
        if let held = files[source.hash], FileManager.default.fileExists(atPath: held.path) { return held }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let held = Held(present: ByteSpans(), path: "\(folder)/\(source.hash.hex)")
        guard FileManager.default.createFile(atPath: held.path, contents: nil), truncate(held.path, source.bytes) == 0
        else {
            throw Failure(
                .temporary, what: "a part of the source cannot be laid out", place: held.path.printable,
                remedy: "check the worker's disk")
        }
        files[source.hash] = held
        return held
    }

    private func map(_ hash: ContentHash) async throws -> PacketMap? {
        if let map = maps[hash] { return map }
        guard let path = try await cache.localPath(of: hash), let data = FileManager.default.contents(atPath: path)
        else { return nil }
        // A map is a hint: without it the whole file is read.
        let map = try? JSONDecoder().decode(PacketMap.self, from: data)
        maps[hash] = map
        return map
    }
}
