package import MezzCore

/// Where a job's source is read.
package enum SourceLocation: Codable, Hashable, Sendable {
    /// A file on this machine, by its absolute path.
    case file(String)
    /// An object in the job's store, for jobs that several machines work on.
    case stored(StoredSource)

    /// What messages call it.
    package var name: String {
        switch self {
        case .file(let path): path
        case .stored(let source): source.name
        }
    }
}

/// A source in a store.
package struct StoredSource: Codable, Hashable, Sendable {
    /// The file's name without its folders.
    package let name: String
    package let hash: ContentHash
    package let bytes: Int
    /// Where the store has the map of its packets; `nil` when only the whole file will do.
    package let map: ContentHash?

    package init(name: String, hash: ContentHash, bytes: Int, map: ContentHash? = nil) {
        self.name = name
        self.hash = hash
        self.bytes = bytes
        self.map = map
    }
}
