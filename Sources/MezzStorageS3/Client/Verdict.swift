/// What an answer means for the next step.
enum Verdict {
    /// The call is done.
    case done
    /// The caller must know.
    case said(S3Answer)
    /// The same call may succeed a moment later.
    case again(String)
    /// What was sent arrived damaged, or the file here changed: only a few tries tell which.
    case damaged(S3Answer)
    /// The signature's time is too far from the server's.
    case skewed(S3Answer)
    /// The credentials are no longer good; others may be.
    case expired(S3Answer)

    private static let passing: Set<String> = [
        "SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "ServiceUnavailableException",
        "RequestLimitExceeded", "Throttling", "ThrottlingException", "TooManyRequests", "OperationAborted",
        "ConditionalRequestConflict", "IncompleteBody",
    ]
    private static let damage: Set<String> = ["BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch"]
    private static let expiry: Set<String> = [
        "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken", "RequestExpired",
    ]

    /// - Parameter isHead: Whether an error has no body that would explain it.
    init(_ response: HTTPResponse, isHead: Bool) {
        let isSuccess = (200..<300).contains(response.status)
        // Completing an upload may fail after the status was sent ("CompleteMultipartUpload").
        if isSuccess, !response.body.prefix(1_000).contains(sequence: Array("<Error>".utf8)) {
            self = .done
            return
        }
        let answer = S3Answer(response)
        if answer.code == "RequestTimeTooSkewed" {
            self = .skewed(answer)
        } else if Self.damage.contains(answer.code) {
            self = .damaged(answer)
        } else if Self.expiry.contains(answer.code) {
            self = .expired(answer)
        } else if Self.passing.contains(answer.code) || [408, 429, 500, 502, 503, 504].contains(answer.status) {
            self = .again("status \(answer.status) \(answer.code) \(answer.message)")
        } else if isSuccess {
            self = answer.code.isEmpty ? .done : .said(answer)
        } else {
            // Without a body any of the two may be the reason; `S3Client` tries them.
            self = isHead && [400, 403].contains(answer.status) ? .skewed(answer) : .said(answer)
        }
    }
}

extension Collection<UInt8> {
    /// Whether `part` stands anywhere inside.
    fileprivate func contains(sequence part: [UInt8]) -> Bool {
        var rest = self[...]
        while let first = rest.firstIndex(of: part[0]) {
            if rest[first...].starts(with: part) { return true }
            rest = rest[rest.index(after: first)...]
        }
        return false
    }
}
