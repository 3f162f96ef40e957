internal import MezzCore
internal import MezzStorage

extension StoreError {
    /// The port's error for a call that brought nothing.
    init(_ fault: S3Fault, about hash: ContentHash?, at address: S3Address) {
        switch fault {
        case .store(let error): self = error
        case .answer(let answer): self.init(answer, about: hash, at: address)
        }
    }

    /// The port's error for a server's refusal: what mends it.
    init(_ answer: S3Answer, about hash: ContentHash?, at address: S3Address) {
        if let hash, answer.status == 404, answer.code != "NoSuchBucket", answer.code != "NoSuchUpload" {
            self = .missing(hash)
        } else if answer.status == 507 || ["QuotaExceeded", "XMinioStorageFull"].contains(answer.code) {
            self = .full(address.place)
        } else {
            self = .refused(place: address.place, detail: answer.sentence(region: address.region))
        }
    }
}

extension S3Answer {
    /// What the server said and what mends it.
    fileprivate func sentence(region: String) -> String {
        let remedy: String? =
            switch code {
            case "NoSuchBucket": "there is no such bucket: create it, or check its name and the endpoint"
            case "SignatureDoesNotMatch": "the secret key is not that of the access key: check AWS_SECRET_ACCESS_KEY"
            case "InvalidAccessKeyId", "InvalidClientTokenId":
                "the server does not know the access key: check AWS_ACCESS_KEY_ID and the endpoint"
            case "AccessDenied", "AllAccessDisabled":
                "no permission: allow s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject and "
                    + "s3:AbortMultipartUpload there"
            case "ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired":
                "the credentials have expired: get new ones"
            case "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch":
                "what was sent arrived damaged, or the file changed meanwhile: put it again"
            case "RequestTimeTooSkewed": "the clocks here and there differ: set this machine's"
            default: nil
            }
        if let remedy { return "\(remedy) (\(code))" }
        if let found = self.region, found != region, (300..<500).contains(status) {
            return "the bucket is in \(found): set AWS_REGION=\(found)"
        }
        let words = ["status \(status)", code, message].filter { !$0.isEmpty }.joined(separator: ", ")
        if (300..<400).contains(status) { return "the server sends elsewhere (\(words)): check endpoint and region" }
        return "the server refuses (\(words)): check the bucket, the endpoint and the credentials"
    }
}
