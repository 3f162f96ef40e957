internal import MezzCore
internal import MezzStorage
internal import Synchronization

/// The hash of a file whose pieces arrive in any order: each is hashed, from the page cache, as soon as all before it
/// are there.
final class OrderedDigest: Sendable {
    private struct Progress {
        var arrived: Set<Int> = []
        var next = 0
    }

    private let file: PartialFileBox
    private let pieces: [Range<Int>]
    private let progress = Mutex(Progress())
    /// Held by whoever hashes.
    private let digest: Mutex<ContentHash.Incremental?>

    init(_ file: PartialFileBox, pieces: [Range<Int>]) {
        self.file = file
        self.pieces = pieces
        digest = Mutex(ContentHash.Incremental())
    }

    /// Takes note that a piece is on the file, and hashes what can be hashed unless somebody is at it; blocks.
    func arrived(_ index: Int) throws(StoreError) {
        progress.withLock { _ = $0.arrived.insert(index) }
        let result: Result<Void, StoreError>? = digest.withLockIfAvailable { digest in
            Result { () throws(StoreError) in try advance(&digest) }
        }
        try result?.get()
    }

    /// The hash of all pieces, which have arrived; blocks.
    func finish() throws(StoreError) -> ContentHash? {
        let result: Result<ContentHash?, StoreError> = digest.withLock { digest in
            Result { () throws(StoreError) in
                try advance(&digest)
                return digest.take()?.finish()
            }
        }
        return try result.get()
    }

    private func advance(_ digest: inout ContentHash.Incremental?) throws(StoreError) {
        while let index = take() {
            try file.partial.file.blocks(of: pieces[index]) { block, _ throws(StoreError) in digest?.update(block) }
        }
    }

    private func take() -> Int? {
        progress.withLock { progress in
            guard progress.arrived.remove(progress.next) != nil else { return nil }
            defer { progress.next += 1 }
            return progress.next
        }
    }
}

/// A partial file that several tasks write to.
final class PartialFileBox: Sendable {
    let partial: PartialFile

    init(_ partial: consuming PartialFile) {
        self.partial = partial
    }
}
