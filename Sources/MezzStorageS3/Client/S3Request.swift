internal import MezzCore
package import MezzStorage

/// One call of the S3 API, before it is addressed and signed.
package struct S3Request: Sendable {
    package var method: String
    /// The object's key; without one the bucket is meant.
    package var key: String?
    package var query: [QueryItem]
    /// By lower-case names.
    package var headers: [String: String]
    package var body: HTTPBody
    /// The body's SHA-256 in hexadecimal digits.
    package var payloadHash: String
    package var target: HTTPTarget

    package init(
        _ method: String, key: String? = nil, query: [QueryItem] = [], headers: [String: String] = [:],
        body: HTTPBody = .none, payloadHash: String = Digest.ofNothing, target: HTTPTarget = .memory(limit: 1 << 20)
    ) {
        self.method = method
        self.key = key
        self.query = query
        self.headers = headers
        self.body = body
        self.payloadHash = payloadHash
        self.target = target
    }

    /// A request with a document in memory.
    package static func post(_ key: String, query: [QueryItem], document: String) -> S3Request {
        let bytes = Array(document.utf8)
        return S3Request(
            "POST", key: key, query: query, headers: ["content-type": "application/xml"], body: .bytes(bytes),
            payloadHash: Digest.hex(Digest.sha256(bytes)))
    }
}

/// What a call brought.
package struct S3Reply: Sendable {
    package let response: HTTPResponse
    /// Whether an earlier try broke off, so that the server may have done the call more than once.
    package let wasRepeated: Bool
}

/// Why a call brought nothing.
package enum S3Fault: Error, Sendable {
    /// The server said no.
    case answer(S3Answer)
    /// Anything else, as the port says it.
    case store(StoreError)
}

/// What a server says when it does not do a call.
package struct S3Answer: Sendable, Hashable {
    /// The HTTP status.
    package let status: Int
    /// S3's word for it ("Error Responses", Amazon S3 API Reference); empty when there was none.
    package let code: String
    /// The server's sentence, without control characters, cut at 300 characters.
    package let message: String
    /// The region where the bucket is, when the server says so.
    package let region: String?

    init(_ response: HTTPResponse) {
        let root = try? XMLElement(response.body)
        let error = root?.name == "Error" ? root : root?.children.first { $0.name == "Error" }
        status = response.status
        code = String((error?["Code"] ?? "").prefix(100)).printable
        message = String((error?["Message"] ?? "").prefix(300)).printable
        region = (response.headers["x-amz-bucket-region"] ?? error?["Region"]).map { String($0.prefix(40)).printable }
    }
}
