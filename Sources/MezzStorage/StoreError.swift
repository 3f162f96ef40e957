internal import FoundationEssentials
package import MezzCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Why a store could not do what was asked.
package enum StoreError: Error, Sendable, Hashable {
    /// The store has no such object.
    case missing(ContentHash)
    /// The object's content no longer has its hash.
    case damaged(ContentHash)
    /// A file handed in has other content than announced.
    case mismatch(path: String, expected: ContentHash, found: ContentHash)
    /// Only regular files can be stored.
    case notAFile(String)
    /// There is no space left, or the quota is used up.
    case full(String)
    /// Bytes were asked for that lie beyond the object's end.
    case beyondEnd(ContentHash)
    /// The store's server does not answer, or not properly. The same call may succeed later.
    case unreachable(place: String, detail: String)
    /// The store's server answers and says no: credentials, permissions, or no such bucket. `detail` says what mends it.
    case refused(place: String, detail: String)
    /// The task was cancelled before the work was done.
    case cancelled
    /// The system refused; `code` is its `errno`.
    case failed(path: String, code: Int32)

    /// The error for a failed system call on `path`.
    package init(path: String, code: Int32) {
        self = code == ENOSPC || code == EDQUOT ? .full(path) : .failed(path: path, code: code)
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let hash): "object \(hash) is not in the store"
        case .damaged(let hash): "object \(hash) is damaged"
        case .mismatch(let path, let expected, let found):
            "\(path) should have the hash \(expected) but has \(found)"
        case .notAFile(let path): "\(path) is not a regular file"
        case .full(let path): "no space left to write \(path)"
        case .beyondEnd(let hash): "object \(hash) ends before the bytes asked for"
        case .unreachable(let place, let detail), .refused(let place, let detail): "\(place): \(detail)"
        case .cancelled: "cancelled"
        case .failed(let path, let code): "\(path): \(String(cString: strerror(code)))"
        }
    }
}
