internal import FoundationEssentials
internal import MezzCore
internal import MezzStorage

/// One try to bring an object here.
struct Download {
    /// How often an object is brought whose bytes do not have its hash: a line may have damaged them.
    static let tries = 3

    let store: S3Store
    let hash: ContentHash
    /// Bytes.
    let size: Int

    /// Writes the object to a file beside `path` and gives that its name.
    /// - Returns: whether the bytes have the hash; else nothing was published.
    func run(to path: String) async throws(StoreError) -> Bool {
        let file = try await BlockingWork.run { () throws(StoreError) in
            let folder = Folder.parent(of: path)
            try Folder.make(folder)
            return PartialFileBox(try PartialFile(in: folder, for: "fetch"))
        }
        do throws(StoreError) {
            let isWhole = try await fill(file) == hash
            try await BlockingWork.run { [isWhole] () throws(StoreError) in
                if isWhole { try file.partial.publish(as: path, mode: 0o644) } else { file.partial.discard() }
            }
            return isWhole
        } catch {
            file.partial.discard()
            throw error
        }
    }

    private func fill(_ file: PartialFileBox) async throws(StoreError) -> ContentHash? {
        let pieces = ByteRanges.pieces(of: 0..<size, size: store.settings.partSize)
        let digest = OrderedDigest(file, pieces: pieces)
        let (store, hash, key) = (store, hash, store.key(of: hash))
        _ = try await Lanes.run(Array(pieces.indices), atOnce: store.settings.lanes) { index throws(StoreError) in
            try await store.calling(about: hash) { () throws(S3Fault) in
                try await store.client.get(key, range: pieces[index]) { bytes, offset throws(StoreError) in
                    try file.partial.file.writeBytes(bytes, at: offset)
                }
            }
            try await BlockingWork.run { () throws(StoreError) in try digest.arrived(index) }
        }
        return try await BlockingWork.run { () throws(StoreError) in try digest.finish() }
    }
}
