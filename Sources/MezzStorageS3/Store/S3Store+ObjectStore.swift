package import MezzCore
package import MezzStorage

extension S3Store: ObjectStore {
    package func put(
        fileAt path: String, as hash: ContentHash?, by intake: Intake
    ) async throws(StoreError) -> StoredObject {
        let settings = settings
        let source = try await BlockingWork.run { () throws(StoreError) in
            try SourceFile.reading(path, settings)
        }
        if let hash, hash != source.object.hash {
            throw .mismatch(path: path, expected: hash, found: source.object.hash)
        }
        try await send(source)
        if intake == .moving {
            try await BlockingWork.run { () throws(StoreError) in try Folder.removeFile(path) }
        }
        return source.object
    }

    /// None: the bytes are elsewhere.
    package func localPath(of hash: ContentHash) async throws(StoreError) -> String? { nil }

    package func fetch(_ hash: ContentHash, to path: String) async throws(StoreError) {
        let size = try await size(of: hash)
        for _ in 0..<Download.tries {
            if try await Download(store: self, hash: hash, size: size).run(to: path) { return }
        }
        throw .damaged(hash)
    }

    package func fetch(_ hash: ContentHash, ranges: [Range<Int>], into path: String) async throws(StoreError) {
        let wanted = ByteRanges.coalesced(ranges)
        let size = try await size(of: hash)
        guard wanted.allSatisfy({ $0.lowerBound >= 0 && $0.upperBound <= size }) else { throw .beyondEnd(hash) }
        let file = try await BlockingWork.run { () throws(StoreError) in SharedFile(try OpenFile.writing(path)) }
        let pieces = wanted.flatMap { ByteRanges.pieces(of: $0, size: settings.partSize) }
        let key = key(of: hash)
        _ = try await Lanes.run(pieces, atOnce: settings.lanes) { piece throws(StoreError) in
            try await calling(about: hash) { () throws(S3Fault) in
                try await client.get(key, range: piece) { bytes, offset throws(StoreError) in
                    try file.file.writeBytes(bytes, at: offset)
                }
            }
        }
    }

    package func contains(_ hash: ContentHash) async throws(StoreError) -> Bool {
        try await info(of: hash) != nil
    }

    package func remove(_ hash: ContentHash) async throws(StoreError) {
        try await calling { () throws(S3Fault) in try await client.delete(key(of: hash)) }
    }

    /// What the server says of an object, if it is there.
    func info(of hash: ContentHash) async throws(StoreError) -> S3ObjectInfo? {
        try await calling { () throws(S3Fault) in try await client.head(key(of: hash)) }
    }

    private func size(of hash: ContentHash) async throws(StoreError) -> Int {
        guard let info = try await info(of: hash) else { throw .missing(hash) }
        guard info.size >= 0 else {
            throw .unreachable(place: client.address.place, detail: "the server does not say how large \(hash) is")
        }
        return info.size
    }
}
