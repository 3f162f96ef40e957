package import MezzCore

/// Immutable files, kept under the hash of their content.
package protocol ObjectStore: Sendable {
    /// Brings a file into the store and returns what it is stored as. With a `hash` the content must have it.
    func put(fileAt path: String, as hash: ContentHash?, by intake: Intake) async throws(StoreError) -> StoredObject

    /// Where the object can be read on this machine, if the store keeps it in a file here. Never write to it.
    func localPath(of hash: ContentHash) async throws(StoreError) -> String?

    /// Writes a copy of the object to `path`, replacing what is there at once and only when the copy is whole. The
    /// content is compared with its hash on the way.
    func fetch(_ hash: ContentHash, to path: String) async throws(StoreError)

    /// Writes the given bytes of the object to the same places of the file at `path`, which is made when it is not
    /// there and else keeps its other bytes. A part of an object cannot be compared with the hash of the whole.
    /// - Throws: ``StoreError/beyondEnd(_:)`` when a range reaches beyond the object's end.
    func fetch(_ hash: ContentHash, ranges: [Range<Int>], into path: String) async throws(StoreError)

    /// Whether the object is there. A store that cannot be asked throws: that is no answer.
    func contains(_ hash: ContentHash) async throws(StoreError) -> Bool

    /// Removes the object; one that is not there is no error.
    func remove(_ hash: ContentHash) async throws(StoreError)
}

extension ObjectStore {
    /// Moves a file into the store: it is gone from `path` afterwards.
    package func put(fileAt path: String, as hash: ContentHash? = nil) async throws(StoreError) -> StoredObject {
        try await put(fileAt: path, as: hash, by: .moving)
    }
}

/// What becomes of a file that is put into a store.
package enum Intake: Sendable, Hashable {
    /// The file is given up, which lets a store on the same disk take it without copying.
    case moving
    /// The file stays where and as it is.
    case copying
}

/// An object's name and size.
package struct StoredObject: Sendable, Hashable {
    /// The hash of the content.
    package let hash: ContentHash
    /// The size of the content.
    package let bytes: Int

    package init(hash: ContentHash, bytes: Int) {
        self.hash = hash
        self.bytes = bytes
    }
}
