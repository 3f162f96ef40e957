import CCrypto
package import Foundation
package import MezzCore

/// An X.509 certificate (RFC 5280) of somebody who may open a document's keys. It is not held against any authority:
/// whoever names it trusts it.
package struct RecipientCertificate: Sendable, Hashable {
    private static let mostBytes = 1 << 18

    let der: [UInt8]
    /// As OpenSSL writes it in one line.
    package let subject: String
    /// From when on it is good.
    package let notBefore: Date
    /// Until when it is good.
    package let notAfter: Date

    /// Reads a PEM file.
    /// - Throws: `Failure` (`input`).
    package init(file path: String) throws(Failure) {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: Self.mostBytes)
        else {
            throw Failure(
                .input, what: "the certificate cannot be read", place: path.printable,
                remedy: "check the name and its rights")
        }
        try? handle.close()
        let certificate = data.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let input = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
            defer { BIO_free(input) }
            return PEM_read_bio_X509(input, nil, { _, _, _, _ in -1 }, nil)
        }
        try self.init(owned: certificate, place: path)
    }

    /// - Parameter place: What errors call it.
    /// - Throws: `Failure` (`input`).
    init(der: [UInt8], place: String) throws(Failure) {
        let certificate = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var start = bytes.baseAddress
            return d2i_X509(nil, &start, bytes.count)
        }
        try self.init(owned: certificate, place: place)
    }

    private init(owned certificate: OpaquePointer?, place: String) throws(Failure) {
        ERR_clear_error()
        guard let certificate else {
            throw Failure(
                .input, what: "this is no X.509 certificate", place: place.printable,
                remedy: "name the recipient's certificate in PEM")
        }
        defer { X509_free(certificate) }
        var output: UnsafeMutablePointer<UInt8>?
        let length = i2d_X509(certificate, &output)
        defer { CRYPTO_free(output, "", 0) }
        guard let output, length > 0, let key = X509_get0_pubkey(certificate),
            let begin = Self.date(X509_get0_notBefore(certificate)),
            let end = Self.date(X509_get0_notAfter(certificate)),
            EVP_PKEY_is_a(key, "RSA") == 1, EVP_PKEY_get_bits(key) >= PrivateKey.leastBits
        else {
            ERR_clear_error()
            throw Failure(
                .input, what: "the certificate has no RSA key of \(PrivateKey.leastBits) bits or more, or no dates",
                place: place.printable, remedy: "CPIX wraps keys with RSA: use a certificate of such a key")
        }
        der = Array(UnsafeBufferPointer(start: output, count: Int(length)))
        var name = [CChar](repeating: 0, count: 256)
        X509_NAME_oneline(X509_get_subject_name(certificate), &name, Int32(name.count))
        subject = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).printable
        (notBefore, notAfter) = (begin, end)
    }

    /// - Throws: `Failure` (`input`) with the dates when it is not good at this time.
    package func check(at now: Date, place: String) throws(Failure) {
        guard now < notBefore || now > notAfter else { return }
        let dates = "\(notBefore.formatted(.iso8601)) to \(notAfter.formatted(.iso8601))"
        throw Failure(
            .input,
            what: now < notBefore
                ? "the certificate is not good yet: \(dates)" : "the certificate has expired: \(dates)",
            place: "\(place.printable), \(subject)", remedy: "use one that is good now, and check this machine's clock")
    }

    /// Whether it is this private key's.
    func belongs(to key: PrivateKey) -> Bool {
        withPublicKey { EVP_PKEY_eq($0, key.handle) == 1 } ?? false
    }

    /// Seals for the private key alone; see ``PrivateKey/open(_:)``.
    /// - Throws: `Failure` (`failed`).
    func seal(_ secret: borrowing SecretBytes) throws(Failure) -> [UInt8] {
        let bytes = secret.bytes
        let sealed = withPublicKey { key -> [UInt8]? in
            guard let context = EVP_PKEY_CTX_new(key, nil) else { return nil }
            defer { EVP_PKEY_CTX_free(context) }
            var length = Int(EVP_PKEY_get_size(key))
            var output = [UInt8](repeating: 0, count: length)
            guard EVP_PKEY_encrypt_init(context) == 1, OAEP.set(context),
                EVP_PKEY_encrypt(context, &output, &length, bytes.baseAddress, bytes.count) == 1
            else { return nil }
            return Array(output.prefix(length))
        }
        ERR_clear_error()
        guard let sealed = sealed ?? nil else {
            throw Failure(
                .failed, what: "libcrypto cannot encrypt for the certificate", place: subject,
                remedy: "check the certificate")
        }
        return sealed
    }

    private func withPublicKey<Value>(_ body: (OpaquePointer) -> Value) -> Value? {
        der.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            guard let certificate = d2i_X509(nil, &start, bytes.count) else { return nil }
            defer { X509_free(certificate) }
            return X509_get0_pubkey(certificate).map(body)
        }
    }

    private static func date(_ time: UnsafePointer<ASN1_TIME>?) -> Date? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return Date(timeIntervalSince1970: Double(timegm(&parts)))
    }
}
