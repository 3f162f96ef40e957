package import FoundationEssentials

/// Who asks, and the secret that proves it. Its description shows no secret.
package struct S3Credentials: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The public half.
    package let accessKey: String
    /// What signatures are made with.
    package let secretKey: String
    /// Goes with credentials that expire.
    package let sessionToken: String?
    /// When they expire, if they do.
    package let expires: Date?

    package init(accessKey: String, secretKey: String, sessionToken: String? = nil, expires: Date? = nil) {
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.sessionToken = sessionToken
        self.expires = expires
    }

    package var description: String { "credentials \(accessKey.prefix(4))…" }
    package var debugDescription: String { description }

    /// Whether all parts can stand in a header: nothing outside visible ASCII.
    var isSound: Bool {
        let parts = [accessKey, secretKey, sessionToken ?? "x"]
        return parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
    }
}
