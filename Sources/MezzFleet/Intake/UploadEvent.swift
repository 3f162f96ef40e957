/// An object that came into a bucket.
package struct UploadEvent: Sendable, Hashable {
    package let bucket: String
    /// The object's name, decoded: up to 1024 bytes, in which everything but NUL is possible.
    package let key: String
    /// In bytes, where the event tells it.
    package let size: Int?
    /// Where the bucket keeps versions.
    package let version: String?

    /// - Throws: ``UploadEventError/unusable(_:)`` for names that no bucket and no object can have.
    package init(bucket: String, key: String, size: Int? = nil, version: String? = nil) throws(UploadEventError) {
        let letters = bucket.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        // Old buckets have up to 255 characters; new ones 63 and no capitals.
        guard letters, (3...255).contains(bucket.utf8.count) else { throw .unusable("the bucket's name") }
        guard (1...1024).contains(key.utf8.count), !key.utf8.contains(0) else { throw .unusable("the object's name") }
        guard size ?? 0 >= 0 else { throw .unusable("the object's size") }
        self.bucket = bucket
        self.key = key
        self.size = size
        self.version = version
    }

    /// Whether it stands for a folder in browsers of buckets, and holds nothing.
    package var isFolderMark: Bool { key.hasSuffix("/") }
}

/// Why a message tells of no upload that can be used.
package enum UploadEventError: Error, Sendable, Hashable {
    /// It is longer than any queue carries.
    case tooLarge(bytes: Int)
    /// It has none of the known forms.
    case unknownForm
    /// It has a known form, with this part impossible.
    case unusable(String)
}

extension UploadEventError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLarge(let bytes): "a message of \(bytes) bytes"
        case .unknownForm: "not a notification of an object store"
        case .unusable(let part): "a notification with an impossible value: \(part)"
        }
    }
}
