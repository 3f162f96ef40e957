package import FoundationEssentials
package import MezzStorage

/// Calls of the S3 API: addressed, signed, sent, and repeated while what goes wrong may pass.
package final class S3Client: Sendable {
    /// Where the objects lie.
    package let address: S3Address
    let abilities = S3Abilities()
    let clock: ServerClock
    /// How often bytes are sent that arrive damaged.
    static let damageLimit = 5

    private let credentials: CredentialSource
    private let transport: HTTPTransport
    private let patience: Duration
    private let limits: HTTPLimits

    /// - Parameters:
    ///   - patience: how long faults are waited out, counted from a call's first.
    ///   - limits: how long one try may take.
    ///   - now: this machine's clock.
    package init(
        _ address: S3Address, credentials: CredentialSource, transport: HTTPTransport = HTTPTransport(),
        patience: Duration = .seconds(120), limits: HTTPLimits = HTTPLimits(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.address = address
        self.credentials = credentials
        self.transport = transport
        self.patience = patience
        self.limits = limits
        self.clock = ServerClock(now)
    }

    /// Does a call.
    /// - Parameter limit: Other patience than the client's.
    package func send(_ request: S3Request, patience limit: Duration? = nil) async throws(S3Fault) -> S3Reply {
        var patience = Patience(limit ?? patience)
        var who = try await current()
        var isRepeated = false
        var mayRenew = true
        var damages = 0
        while true {
            let reason: String
            switch await transport.send(signed(request, by: who)) {
            case .failure(let fault):
                reason = try Self.reason(of: fault, at: address.place)
                isRepeated = true
            case .success(let response):
                switch Verdict(response, isHead: request.method == "HEAD") {
                case .done: return S3Reply(response: response, wasRepeated: isRepeated)
                case .said(let answer): throw .answer(answer)
                case .again(let text):
                    reason = text
                    isRepeated = true
                case .damaged(let answer):
                    damages += 1
                    guard damages < Self.damageLimit else { throw .answer(answer) }
                    reason = answer.code
                case .skewed(let answer), .expired(let answer):
                    if clock.learn(from: response) { continue }
                    guard mayRenew, let fresh = try await renewed(after: who) else { throw .answer(answer) }
                    (who, mayRenew) = (fresh, false)
                    continue
                }
            }
            try await wait(&patience, after: reason)
        }
    }

    /// A URL by which anybody can read the object for some time.
    /// - Parameter seconds: 1 to 604,800.
    package func presigned(_ key: String, seconds: Int) async throws(StoreError) -> String {
        let path = address.path(of: key)
        let query = SignatureV4(try await credentials.current(), region: address.region)
            .presignedQuery(path: path, host: address.host, at: SigningTime(clock.now), seconds: seconds)
        return "\(address.endpoint.scheme)://\(address.host)\(path)?\(query)"
    }

    private func current() async throws(S3Fault) -> S3Credentials {
        do {
            return try await credentials.current()
        } catch {
            throw .store(error)
        }
    }

    private func renewed(after expired: S3Credentials) async throws(S3Fault) -> S3Credentials? {
        do {
            return try await credentials.renewed(after: expired)
        } catch {
            throw .store(error)
        }
    }

    private func wait(_ patience: inout Patience, after reason: String) async throws(S3Fault) {
        do {
            if try await patience.wait() { return }
        } catch {
            throw .store(.cancelled)
        }
        throw .store(.unreachable(place: address.place, detail: "gave up: \(reason)"))
    }

    private static func reason(of fault: HTTPFault, at place: String) throws(S3Fault) -> String {
        switch fault {
        case .lost(let detail): return detail
        case .cancelled: throw .store(.cancelled)
        case .refused(let detail): throw .store(.refused(place: place, detail: detail))
        case .local(let error): throw .store(error)
        }
    }

    private func signed(_ request: S3Request, by who: S3Credentials) -> HTTPRequest {
        let time = SigningTime(clock.now)
        let path = address.path(of: request.key)
        var headers = request.headers
        headers["host"] = address.host
        headers["x-amz-date"] = time.stamp
        headers["x-amz-content-sha256"] = request.payloadHash
        headers["x-amz-security-token"] = who.sessionToken
        let authorization = SignatureV4(who, region: address.region).authorization(
            for: SignedRequest(
                method: request.method, path: path, query: request.query, headers: headers,
                payloadHash: request.payloadHash), at: time)
        headers["authorization"] = authorization
        let query = request.query.isEmpty ? "" : "?" + request.query.canonical
        return HTTPRequest(
            method: request.method, url: "\(address.endpoint.scheme)://\(address.host)\(path)\(query)",
            headers: headers, body: request.body, target: request.target, limits: limits)
    }
}
