internal import CCrypto

/// The checksums that S3 speaks, from libcrypto.
package enum Digest {
    /// SHA-256 (FIPS 180-4), 32 bytes.
    package static func sha256(_ bytes: [UInt8]) -> [UInt8] { digest(EVP_sha256(), bytes) }

    /// HMAC-SHA256 (RFC 2104), 32 bytes.
    package static func hmac(_ text: String, key: [UInt8]) -> [UInt8] {
        let message = Array(text.utf8)
        var code = [UInt8](repeating: 0, count: 32)
        var length = 0
        let made = EVP_Q_mac(
            nil, "HMAC", nil, "SHA256", nil, key, key.count, message, message.count, &code, code.count, &length)
        precondition(made != nil && length == 32, "libcrypto cannot compute HMAC-SHA256")
        return code
    }

    /// Lower-case hexadecimal digits.
    package static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The SHA-256 of no bytes, in hexadecimal digits.
    package static let ofNothing = hex(sha256([]))

    private static func digest(_ kind: OpaquePointer?, _ bytes: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 64)
        var length: UInt32 = 0
        let made = EVP_Digest(bytes, bytes.count, &result, &length, kind, nil)
        precondition(made == 1, "libcrypto cannot hash")
        return Array(result.prefix(Int(length)))
    }
}

/// A checksum that grows with each block of bytes.
package final class RunningDigest {
    /// Which checksum.
    package enum Kind: Sendable {
        /// SHA-256, 32 bytes.
        case sha256
        /// MD5 (RFC 1321), 16 bytes: what an ETag of S3 is made of. It guards against accidents alone.
        case md5
    }

    private let context: OpaquePointer

    /// The checksum of nothing, so far.
    package init(_ kind: Kind) {
        let algorithm = kind == .sha256 ? EVP_sha256() : EVP_md5()
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, algorithm, nil) == 1 else {
            preconditionFailure("libcrypto cannot hash")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Appends `bytes`.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// The checksum of everything appended; the last call.
    package func finish() -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 64)
        var length: UInt32 = 0
        EVP_DigestFinal_ex(context, &result, &length)
        return Array(result.prefix(Int(length)))
    }
}
