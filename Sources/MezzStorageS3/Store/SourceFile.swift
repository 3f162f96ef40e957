internal import Dispatch
internal import MezzCore
internal import MezzStorage

/// A file on its way into the store: its hash, and those of the parts it is sent in.
final class SourceFile: Sendable {
    /// What it will be stored as.
    let object: StoredObject
    /// Its parts; a single one, which may be empty, when it is sent in one piece.
    let parts: [UploadBody]

    /// Reads the file once. The parts' hashes are of the same bytes as the whole's, and the server compares them with
    /// what it receives: a file that is written to meanwhile does not become an object with a wrong name.
    static func reading(_ path: String, _ settings: S3Settings) throws(StoreError) -> SourceFile {
        let file = SharedFile(try OpenFile.reading(path))
        let bytes = try file.file.size()
        let pieces = ByteRanges.pieces(of: 0..<bytes, size: settings.partSize(for: bytes))
        let ranges = pieces.isEmpty ? [0..<0] : pieces
        let (whole, parts) = try hashes(of: ranges, in: file.file)
        guard let hash = ContentHash(hex: Digest.hex(whole)) else { throw .failed(path: path, code: 0) }
        let bodies = zip(ranges, parts).map { range, hash in
            UploadBody(range: range, sha256: hash) { buffer, offset throws(StoreError) in
                try file.file.readBytes(into: buffer, at: offset)
            }
        }
        return SourceFile(object: StoredObject(hash: hash, bytes: bytes), parts: bodies)
    }

    /// The SHA-256 of all ranges together, and of each: on two cores where there are two.
    private static func hashes(
        of ranges: [Range<Int>], in file: borrowing OpenFile
    ) throws(StoreError) -> (whole: [UInt8], parts: [[UInt8]]) {
        let whole = RunningDigest(.sha256)
        var parts: [[UInt8]] = []
        for range in ranges {
            let part = RunningDigest(.sha256)
            try file.blocks(of: range) { block, _ throws(StoreError) in
                if ranges.count == 1 {
                    whole.update(block)
                } else {
                    // Safe: each of the two has its own digest, and both end before this returns.
                    nonisolated(unsafe) let (digests, block) = ([whole, part], block)
                    DispatchQueue.concurrentPerform(iterations: 2) { digests[$0].update(block) }
                }
            }
            if ranges.count > 1 { parts.append(part.finish()) }
        }
        let sum = whole.finish()
        return (sum, ranges.count > 1 ? parts : [sum])
    }

    private init(object: StoredObject, parts: [UploadBody]) {
        self.object = object
        self.parts = parts
    }
}

/// A file that several tasks read from.
final class SharedFile: Sendable {
    let file: OpenFile

    init(_ file: consuming OpenFile) {
        self.file = file
    }
}
