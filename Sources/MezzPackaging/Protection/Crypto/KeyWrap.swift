import CCrypto
import MezzCore

/// How CPIX wraps content keys (CPIX 2.3, section 6.1.4): AES-256 in CBC mode with PKCS #7 padding, the vector before
/// the blocks (XML Encryption 1.0, section 5.2), and HMAC-SHA512 (RFC 2104, FIPS 180-4) over both.
enum KeyWrap {
    /// Bytes of the key that wraps.
    static let keyBytes = 32
    private static let block = 16

    /// - Parameter key: 32 bytes.
    /// - Returns: A random vector and the blocks after it.
    /// - Throws: `Failure` (`failed`).
    static func seal(_ secret: borrowing SecretBytes, with key: borrowing SecretBytes) throws(Failure) -> [UInt8] {
        let vector = try SecretBytes.random(block)
        let blocks = run(secret, key, vector, isSealing: true)
        guard let blocks else {
            throw Failure(.failed, what: "libcrypto cannot encrypt", place: "a key", remedy: "check its configuration")
        }
        return vector.copied() + blocks.copied()
    }

    /// - Returns: `nil` when `sealed` is no vector with blocks, or was sealed with another key.
    static func open(_ sealed: [UInt8], with key: borrowing SecretBytes) -> SecretBytes? {
        guard sealed.count >= 2 * block, sealed.count % block == 0 else { return nil }
        let vector = SecretBytes(Array(sealed[..<block]))
        let blocks = SecretBytes(Array(sealed[block...]))
        return run(blocks, key, vector, isSealing: false)
    }

    /// 64 bytes.
    static func code(_ message: [UInt8], key: borrowing SecretBytes) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 64)
        var length = 0
        let made = EVP_Q_mac(
            nil, "HMAC", nil, "SHA512", nil, key.bytes.baseAddress, key.count, message, message.count, &code,
            code.count, &length)
        precondition(made != nil && length == 64, "libcrypto cannot compute HMAC-SHA512")
        return code
    }

    /// Takes the same time wherever two codes differ.
    static func areEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && CRYPTO_memcmp(first, second, first.count) == 0
    }

    private static func run(
        _ input: borrowing SecretBytes, _ key: borrowing SecretBytes, _ vector: borrowing SecretBytes, isSealing: Bool
    ) -> SecretBytes? {
        guard key.count == keyBytes, vector.count == block, let context = EVP_CIPHER_CTX_new() else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        let (text, key, vector) = (input.bytes, key.bytes, vector.bytes)
        let output = SecretBytes(capacity: text.count + block) { output in
            var (first, last) = (Int32(0), Int32(0))
            guard let start = output.baseAddress,
                EVP_CipherInit_ex(
                    context, EVP_aes_256_cbc(), nil, key.baseAddress, vector.baseAddress, isSealing ? 1 : 0) == 1,
                EVP_CipherUpdate(context, start, &first, text.baseAddress, Int32(text.count)) == 1,
                EVP_CipherFinal_ex(context, start + Int(first), &last) == 1
            else { return nil }
            return Int(first + last)
        }
        ERR_clear_error()
        return output
    }
}
