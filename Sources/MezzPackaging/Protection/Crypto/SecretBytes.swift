import CCrypto
import MezzCore

/// Key material for a short while: it exists once, and is overwritten when nobody needs it any more.
struct SecretBytes: ~Copyable {
    private let storage: UnsafeMutableBufferPointer<UInt8>
    let count: Int

    /// - Parameters:
    ///   - capacity: Bytes at most.
    ///   - fill: Writes into zeros and says how many bytes it wrote; `nil` when it could not.
    init?(capacity: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int?) {
        storage = .allocate(capacity: max(1, capacity))
        storage.initialize(repeating: 0)
        let count = fill(storage)
        self.count = min(count ?? 0, storage.count)
        if count == nil { return nil }
    }

    init(_ bytes: [UInt8]) {
        storage = .allocate(capacity: max(1, bytes.count))
        storage.initialize(repeating: 0)
        _ = storage.update(fromContentsOf: bytes)
        count = bytes.count
    }

    /// From libcrypto's generator for private values, which the system's seeds (NIST SP 800-90A).
    /// - Throws: `Failure` (`failed`) when the system has no randomness.
    static func random(_ count: Int) throws(Failure) -> SecretBytes {
        let made = SecretBytes(capacity: count) { RAND_priv_bytes($0.baseAddress, Int32($0.count)) == 1 ? count : nil }
        guard let made else {
            throw Failure(
                .failed, what: "the system gives no random numbers", place: "libcrypto", remedy: "check /dev/urandom")
        }
        return made
    }

    deinit {
        OPENSSL_cleanse(storage.baseAddress, storage.count)
        storage.deallocate()
    }

    /// For callers that do not keep the pointer.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: storage[..<count]) }

    /// A copy that lives as long as its owner.
    func copied() -> [UInt8] { Array(bytes) }
}
