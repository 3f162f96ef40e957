internal import Synchronization

/// What a server turned out to have and not to know. All is assumed until it answers `NotImplemented`.
final class S3Abilities: Sendable {
    private struct State {
        var conditions = true
        var checksums = true
        var bucket = false
    }

    private let state = Mutex(State())

    /// Whether it takes `If-None-Match` with a `PUT`.
    var conditions: Bool { state.withLock { $0.conditions } }

    /// Whether it takes `x-amz-checksum-…` headers.
    var checksums: Bool { state.withLock { $0.checksums } }

    /// Whether the bucket is there for sure, so that status 404 speaks of the key.
    var isBucketKnown: Bool { state.withLock { $0.bucket } }

    /// Takes note that the bucket is there.
    func bucketIsKnown() { state.withLock { $0.bucket = true } }

    /// Takes note of a refusal of a request that carried a condition, or a checksum; whether it may be tried again with
    /// less. What others found out meanwhile does not matter: it is the request that counts.
    func lacks(after answer: S3Answer, condition: Bool = false, checksum: Bool = false) -> Bool {
        guard answer.status == 501 || answer.code == "NotImplemented", condition || checksum else { return false }
        state.withLock { state in
            if condition { state.conditions = false } else { state.checksums = false }
        }
        return true
    }
}
