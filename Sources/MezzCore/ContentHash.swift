internal import CCrypto
package import FoundationEssentials

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The SHA-256 of some bytes, written as 64 lower-case hexadecimal digits.
///
/// Artifacts are stored under their hash and tasks are recognised by one, so the text form is validated wherever it
/// enters: a `ContentHash` is always safe to use in a path.
package struct ContentHash: Hashable, Sendable {
    /// 64 lower-case hexadecimal digits.
    package let hex: String

    /// Accepts exactly 64 lower-case hexadecimal digits.
    package init?(hex: String) {
        let bytes = hex.utf8
        guard bytes.count == 64, bytes.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        self.hex = hex
    }

    fileprivate init(digest: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        self.hex = String(decoding: text, as: UTF8.self)
    }

    /// The hash of `data`.
    package static func of(_ data: Data) -> ContentHash {
        var hash = Incremental()
        hash.update(data)
        return hash.finish()
    }

    /// The hash of a file's content, read in blocks of 1 MiB.
    package static func ofFile(_ path: String) throws -> ContentHash {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw ReadFailure(path: path, code: errno) }
        defer { close(file) }
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { block.deallocate() }
        var hash = Incremental()
        while true {
            let count = read(file, block.baseAddress, block.count)
            if count == 0 { return hash.finish() }
            if count > 0 {
                hash.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
            } else if errno != EINTR {
                throw ReadFailure(path: path, code: errno)
            }
        }
    }

    /// A file could not be opened or read.
    package struct ReadFailure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The file that was to be hashed.
        package let path: String
        /// The `errno` of the failed call.
        package let code: Int32

        package init(path: String, code: Int32) {
            self.path = path
            self.code = code
        }

        package var description: String { "cannot read \(path): \(String(cString: strerror(code)))" }
    }
}

extension ContentHash {
    /// A hash that grows with each block of bytes.
    package struct Incremental: ~Copyable {
        private let context: OpaquePointer

        /// The hash of nothing, so far.
        package init() {
            guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
                // Only exhausted memory or a libcrypto without SHA-256 ends here; no caller could go on.
                preconditionFailure("libcrypto cannot compute SHA-256")
            }
            self.context = context
        }

        deinit {
            EVP_MD_CTX_free(context)
        }

        /// Appends `bytes`.
        package mutating func update(_ bytes: UnsafeRawBufferPointer) {
            guard let base = bytes.baseAddress, bytes.count > 0 else { return }
            EVP_DigestUpdate(context, base, bytes.count)
        }

        /// Appends `data`.
        package mutating func update(_ data: Data) {
            data.withUnsafeBytes { update($0) }
        }

        /// The hash of everything appended.
        package consuming func finish() -> ContentHash {
            var digest = [UInt8](repeating: 0, count: 32)
            EVP_DigestFinal_ex(context, &digest, nil)
            return ContentHash(digest: digest)
        }
    }
}

extension ContentHash: Comparable, CustomStringConvertible {
    package static func < (left: ContentHash, right: ContentHash) -> Bool { left.hex < right.hex }

    package var description: String { hex }
}

extension ContentHash: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = ContentHash(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a content hash is 64 lower-case hexadecimal digits")
        }
        self = hash
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
