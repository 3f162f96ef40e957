/// What is signed of a request.
package struct SignedRequest: Sendable {
    /// `GET`, `PUT` and so on.
    package let method: String
    /// Percent-encoded, beginning with a slash. S3 neither encodes it twice nor tidies it.
    package let path: String
    /// The query without the signature's own items.
    package let query: [QueryItem]
    /// By lower-case names, `host` among them.
    package let headers: [String: String]
    /// The body's SHA-256 in hexadecimal digits, or `UNSIGNED-PAYLOAD`.
    package let payloadHash: String

    package init(
        method: String, path: String, query: [QueryItem] = [], headers: [String: String],
        payloadHash: String = Digest.ofNothing
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.payloadHash = payloadHash
    }

    /// The canonical request.
    package var canonical: String {
        let lines = headers.sorted { $0.key < $1.key }.map { "\($0.key):\(Self.trimmed($0.value))\n" }.joined()
        return [method, path, query.canonical, lines, signedHeaders, payloadHash].joined(separator: "\n")
    }

    /// The names of the headers, sorted, with semicolons between.
    package var signedHeaders: String { headers.keys.sorted().joined(separator: ";") }

    /// Without spaces at the ends, and with one for each run of spaces.
    private static func trimmed(_ value: String) -> String {
        value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}

/// AWS Signature Version 4 ("Authenticating Requests: Using the Authorization Header", Amazon S3 API Reference).
package struct SignatureV4: Sendable {
    private static let algorithm = "AWS4-HMAC-SHA256"

    private let credentials: S3Credentials
    private let region: String
    private let service: String

    package init(_ credentials: S3Credentials, region: String, service: String = "s3") {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The value of the `Authorization` header. The request carries `x-amz-date` with the same time.
    package func authorization(for request: SignedRequest, at time: SigningTime) -> String {
        let scope = scope(time)
        return "\(Self.algorithm) Credential=\(credentials.accessKey)/\(scope), "
            + "SignedHeaders=\(request.signedHeaders), Signature=\(signature(of: request, at: time))"
    }

    /// The query of a URL that lets whoever has it do this request, with encoded values.
    /// - Parameters:
    ///   - seconds: How long the URL is good, 1 to 604,800 (a week).
    package func presignedQuery(
        method: String = "GET", path: String, query: [QueryItem] = [], host: String, at time: SigningTime, seconds: Int
    ) -> String {
        var items =
            query + [
                QueryItem("X-Amz-Algorithm", Self.algorithm),
                QueryItem("X-Amz-Credential", "\(credentials.accessKey)/\(scope(time))"),
                QueryItem("X-Amz-Date", time.stamp),
                QueryItem("X-Amz-Expires", String(min(max(seconds, 1), 604_800))),
                QueryItem("X-Amz-SignedHeaders", "host"),
            ]
        if let token = credentials.sessionToken { items.append(QueryItem("X-Amz-Security-Token", token)) }
        let request = SignedRequest(
            method: method, path: path, query: items, headers: ["host": host], payloadHash: "UNSIGNED-PAYLOAD")
        return items.canonical + "&X-Amz-Signature=" + signature(of: request, at: time)
    }

    private func signature(of request: SignedRequest, at time: SigningTime) -> String {
        let digest = Digest.hex(Digest.sha256(Array(request.canonical.utf8)))
        let text = [Self.algorithm, time.stamp, scope(time), digest].joined(separator: "\n")
        let secret = Array("AWS4\(credentials.secretKey)".utf8)
        let key = [time.day, region, service, "aws4_request"].reduce(secret) { Digest.hmac($1, key: $0) }
        return Digest.hex(Digest.hmac(text, key: key))
    }

    private func scope(_ time: SigningTime) -> String { "\(time.day)/\(region)/\(service)/aws4_request" }
}
