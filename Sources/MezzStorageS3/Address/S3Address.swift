package import MezzCore

/// Where objects lie: a bucket, a prefix of their keys, and how the server is reached.
package struct S3Address: Sendable, Hashable {
    /// The bucket's name.
    package let bucket: String
    /// Stands before every key; empty or ending with a slash.
    package let prefix: String
    /// The server.
    package let endpoint: S3Endpoint
    /// The region that requests are signed for.
    package let region: String
    /// Whether the bucket stands in the path rather than before the host's name.
    package let isPathStyle: Bool

    /// Takes `s3://BUCKET` or `s3://BUCKET/PREFIX`.
    /// - Parameters:
    ///   - endpoint: `http(s)://HOST[:PORT]`; else the environment's `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`, the
    ///     profile's `endpoint_url`, Amazon's own.
    ///   - region: else the environment's `AWS_REGION` or `AWS_DEFAULT_REGION`, the profile's, `us-east-1`.
    ///   - isPathStyle: else for endpoints other than Amazon's, and for buckets with dots, which no certificate of
    ///     theirs covers.
    /// - Throws: `Failure` of status `.usage` that says what to write instead.
    package init(
        _ text: String, endpoint: String? = nil, region: String? = nil, isPathStyle: Bool? = nil,
        environment: [String: String] = [:], profile: SharedProfile = SharedProfile()
    ) throws(Failure) {
        (bucket, prefix) = try Self.parts(of: text)
        let chosen = [region, environment["AWS_REGION"], environment["AWS_DEFAULT_REGION"], profile["region"]]
        self.region = try Self.region(chosen.compactMap(\.self).first { !$0.isEmpty } ?? "us-east-1")
        let custom = [
            endpoint, environment["AWS_ENDPOINT_URL_S3"], environment["AWS_ENDPOINT_URL"], profile["endpoint_url"],
        ].compactMap(\.self).first { !$0.isEmpty }
        let server = try custom.map { text throws(Failure) in try S3Endpoint(text) }
        self.isPathStyle = isPathStyle ?? (server != nil || bucket.contains("."))
        self.endpoint = server ?? .amazon(region: self.region)
    }

    /// `s3://bucket/prefix`, for messages.
    package var place: String { "s3://\(bucket)/\(prefix)" }

    /// What the `Host` header says.
    package var host: String { isPathStyle ? endpoint.authority : "\(bucket).\(endpoint.authority)" }

    /// The percent-encoded path of a key, or of the bucket.
    package func path(of key: String?) -> String {
        let name = URIEncoding.path(key ?? "")
        return isPathStyle ? "/\(bucket)" + (key == nil ? "" : "/\(name)") : "/\(name)"
    }

    private static func parts(of text: String) throws(Failure) -> (bucket: String, prefix: String) {
        guard text.hasPrefix("s3://") else {
            throw refusal("not an address of objects", text, "write s3://BUCKET/PREFIX")
        }
        let pieces = text.dropFirst(5).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let bucket = String(pieces.first ?? "")
        guard S3Names.isBucket(bucket) else {
            throw refusal(
                "not a bucket's name", bucket.isEmpty ? text : bucket,
                "write s3://BUCKET/PREFIX; a bucket has 3 to 63 lower-case letters, digits, dots and hyphens")
        }
        var prefix = pieces.count > 1 ? String(pieces[1]) : ""
        if prefix.hasSuffix("/"), prefix != "/" { prefix.removeLast() }
        guard prefix.isEmpty || S3Names.isPrefix(prefix) else {
            throw refusal(
                "not a prefix of objects", prefix,
                "write at most \(S3Names.prefixLimit) bytes, without empty parts, \".\", \"..\" and control characters")
        }
        return (bucket, prefix.isEmpty ? "" : prefix + "/")
    }

    private static func region(_ text: String) throws(Failure) -> String {
        let isSound = text.utf8.count <= 40 && text.utf8.allSatisfy(S3Names.isLabel)
        guard isSound else {
            throw refusal("not a region", text, "write one like us-east-1, in --region or AWS_REGION")
        }
        return text
    }

    /// The address is cut and freed of control characters: it may have come from anywhere.
    static func refusal(_ what: String, _ text: String, _ remedy: String) -> Failure {
        Failure(.usage, what: what, place: String(text.prefix(200)).printable, remedy: remedy)
    }
}

/// A server that speaks S3.
package struct S3Endpoint: Sendable, Hashable {
    /// `http` or `https`.
    package let scheme: String
    /// The host, and the port when it is not the scheme's own.
    package let authority: String

    /// Amazon's server of a region.
    package static func amazon(region: String) -> S3Endpoint {
        S3Endpoint(scheme: "https", host: "s3.\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : ""))
    }

    private init(scheme: String, host: String) {
        self.scheme = scheme
        self.authority = host
    }

    /// Takes `http(s)://HOST[:PORT][/]`.
    package init(_ text: String) throws(Failure) {
        let remedy = "write http://HOST:PORT or https://HOST, without user, path and query"
        guard let scheme = ["https", "http"].first(where: { text.lowercased().hasPrefix($0 + "://") }) else {
            throw S3Address.refusal("not an endpoint", Self.withoutUser(text), remedy)
        }
        var rest = text.dropFirst(scheme.count + 3)
        if rest.last == "/" { rest.removeLast() }
        let (host, port) = Self.split(rest.lowercased())
        let isSound =
            !host.isEmpty && host.utf8.count <= 253
            && (Self.isBracketed(host) || host.utf8.allSatisfy { S3Names.isLabel($0) || $0 == UInt8(ascii: ".") })
        guard isSound, port.map({ (1...65_535).contains(Int($0) ?? 0) }) ?? true else {
            throw S3Address.refusal("not an endpoint", Self.withoutUser(text), remedy)
        }
        let isUsual = port == nil || port.flatMap(Int.init) == (scheme == "https" ? 443 : 80)
        self.scheme = scheme
        self.authority = isUsual ? host : host + ":" + String(port.flatMap(Int.init) ?? 0)
    }

    private static func split(_ text: String) -> (host: String, port: String?) {
        guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") else { return (text, nil) }
        return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }

    private static func isBracketed(_ host: String) -> Bool {
        guard host.hasPrefix("["), host.hasSuffix("]"), host.utf8.count > 3 else { return false }
        return host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }

    /// A password in an address reaches no message.
    private static func withoutUser(_ text: String) -> String {
        text.lastIndex(of: "@").map { "…" + text[$0...] } ?? text
    }
}
