package import MezzStorage

/// A request as it goes out, signed.
package struct HTTPRequest: Sendable {
    /// `GET`, `HEAD`, `PUT`, `POST` or `DELETE`.
    package var method: String
    /// Absolute, `http` or `https`, percent-encoded.
    package var url: String
    /// By names; neither names nor values may hold control characters.
    package var headers: [String: String]
    package var body: HTTPBody
    package var target: HTTPTarget
    package var limits: HTTPLimits

    package init(
        method: String = "GET", url: String, headers: [String: String] = [:], body: HTTPBody = .none,
        target: HTTPTarget = .memory(limit: 64 << 10), limits: HTTPLimits = HTTPLimits()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.target = target
        self.limits = limits
    }
}

/// Fills a buffer, as far as it can, with the bytes from an offset on; returns how many.
package typealias BlockReader =
    @Sendable (UnsafeMutableRawBufferPointer, _ offset: Int) throws(StoreError) -> Int

/// Takes bytes that belong to an offset.
package typealias BlockWriter = @Sendable (UnsafeRawBufferPointer, _ offset: Int) throws(StoreError) -> Void

/// What a request sends.
package enum HTTPBody: Sendable {
    /// Nothing.
    case none
    /// Bytes in memory.
    case bytes([UInt8])
    /// `count` bytes that `read` brings.
    case blocks(count: Int, read: BlockReader)

    /// Its size in bytes.
    package var count: Int {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .blocks(let count, _): count
        }
    }
}

/// Where the body of an answer goes.
package enum HTTPTarget: Sendable {
    /// Into memory; a larger body ends the transfer.
    case memory(limit: Int)
    /// To `write`, at its place in the object, when the answer is what `range` asked for; else into memory.
    case object(range: Range<Int>, write: BlockWriter)

    /// How many bytes are expected at most.
    var expected: Int {
        switch self {
        case .memory(let limit): limit
        case .object(let range, _): range.count
        }
    }
}

/// How long a transfer may take.
package struct HTTPLimits: Sendable, Hashable {
    /// Until the connection stands, TLS included; seconds.
    package var connect: Double
    /// Without a byte moving; seconds.
    package var stall: Int
    /// In all, for a transfer of nothing; seconds. A byte adds 1/65,536 s.
    package var total: Double
    /// Whether the environment's proxy is used.
    package var usesProxy: Bool

    package init(connect: Double = 10, stall: Int = 30, total: Double = 60, usesProxy: Bool = true) {
        self.connect = connect
        self.stall = stall
        self.total = total
        self.usesProxy = usesProxy
    }
}

/// What came back.
package struct HTTPResponse: Sendable {
    /// The status code.
    package let status: Int
    /// By lower-case names; repeated ones joined with commas.
    package let headers: [String: String]
    /// The body, unless it went to the request's target.
    package let body: [UInt8]
}

/// Why a transfer brought no answer.
package enum HTTPFault: Error, Sendable {
    /// The task was cancelled.
    case cancelled
    /// The connection, or what came over it, broke off. The same request may succeed a moment later.
    case lost(String)
    /// Another try would change nothing: an untrusted certificate, a malformed address.
    case refused(String)
    /// A file here could not be read or written.
    case local(StoreError)
}
