import Foundation
import MezzCore

/// Tells one state of a source from another without reading it.
struct SourceStamp: Codable, Sendable, Hashable {
    let bytes: Int
    let modified: Double
    let inode: UInt64
    /// Of a stored source, which is its content.
    let sha256: ContentHash?

    init(_ location: SourceLocation) throws(Failure) {
        switch location {
        case .file(let path): try self.init(path: path)
        case .stored(let source):
            self.init(bytes: source.bytes, modified: 0, inode: 0, sha256: source.hash)
        }
    }

    private init(path: String) throws(Failure) {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? NSNumber, let date = attributes[.modificationDate] as? Date
        else {
            throw Failure(.input, what: "no such file", place: path.printable, remedy: "check the path")
        }
        self.init(
            bytes: size.intValue, modified: date.timeIntervalSince1970,
            inode: (attributes[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0, sha256: nil)
    }

    private init(bytes: Int, modified: Double, inode: UInt64, sha256: ContentHash?) {
        self.bytes = bytes
        self.modified = modified
        self.inode = inode
        self.sha256 = sha256
    }
}
