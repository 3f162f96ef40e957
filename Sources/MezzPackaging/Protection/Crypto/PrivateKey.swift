import CCrypto
import Foundation
package import MezzCore

/// A recipient's RSA key, which opens what was sealed for its certificate. Neither text nor reflection shows it.
package final class PrivateKey: CustomStringConvertible, CustomReflectable {
    /// Fewer bits are broken before long (NIST SP 800-131A).
    static let leastBits: Int32 = 2048

    let handle: OpaquePointer

    /// - Parameter source: PEM, PKCS #8 or PKCS #1, without a passphrase.
    /// - Throws: `Failure` (`input`) that quotes nothing of it.
    package convenience init(_ source: KeySource, environment: [String: String]) throws(Failure) {
        var pem = try source.read(environment)
        defer { pem.resetBytes(in: pem.startIndex..<pem.endIndex) }
        try self.init(pem: pem, place: source.text)
    }

    private init(pem: Data, place: String) throws(Failure) {
        let read = pem.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let input = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
            defer { BIO_free(input) }
            // Without this libcrypto asks at the terminal for a passphrase.
            return PEM_read_bio_PrivateKey(input, nil, { _, _, _, _ in -1 }, nil)
        }
        ERR_clear_error()
        guard let handle = read else {
            let isLocked = pem.range(of: Data("ENCRYPTED".utf8)) != nil
            throw Failure(
                .input, what: isLocked ? "the private key has a passphrase" : "this is no private key in PEM",
                place: place.printable,
                remedy: isLocked
                    ? "take it off with openssl pkey, and keep the file to yourself" : "name an RSA key in PEM")
        }
        self.handle = handle
        guard EVP_PKEY_is_a(handle, "RSA") == 1, EVP_PKEY_get_bits(handle) >= Self.leastBits else {
            throw Failure(
                .input, what: "the private key is not RSA of \(Self.leastBits) bits or more", place: place.printable,
                remedy: "CPIX wraps keys with RSA: use such a key, and its certificate")
        }
    }

    deinit {
        EVP_PKEY_free(handle)
    }

    /// RSA-OAEP with SHA-1 and MGF1 (RFC 8017, section 7.1; `rsa-oaep-mgf1p` in XML Encryption 1.0, section 5.4.2).
    /// - Returns: `nil` when it was sealed for another key.
    func open(_ sealed: [UInt8]) -> SecretBytes? {
        guard let context = EVP_PKEY_CTX_new(handle, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_decrypt_init(context) == 1, OAEP.set(context) else { return nil }
        let opened = SecretBytes(capacity: Int(EVP_PKEY_get_size(handle))) { output in
            var length = output.count
            let done = EVP_PKEY_decrypt(context, output.baseAddress, &length, sealed, sealed.count)
            return done == 1 ? length : nil
        }
        ERR_clear_error()
        return opened
    }

    package var description: String { "a private key" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The one padding that CPIX knows (CPIX 2.3, section 6.1.4).
enum OAEP {
    static func set(_ context: OpaquePointer) -> Bool {
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha1()) == 1
            && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha1()) == 1
    }
}
