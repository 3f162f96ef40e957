import Foundation
import MezzCore
import MezzStorage
import MezzStorageS3
import MezzTestKit

/// A bucket of its own on a test's server.
struct S3Bed: Sendable {
    static let environment = ["AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing-secret"]

    let endpoint: String
    let bucket: String
    let client: S3Client

    /// Makes the bucket through the server itself, and talks to it at `endpoint`, which may be a proxy's.
    init(
        server: String, through endpoint: String? = nil, environment: [String: String] = environment,
        patience: Duration = .seconds(120), limits: HTTPLimits = HTTPLimits(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws {
        bucket = "mezz-" + UUID().uuidString.lowercased()
        self.endpoint = endpoint ?? server
        let source = CredentialSource([EnvironmentCredentials(environment)])
        let direct = S3Client(try S3Address("s3://\(bucket)", endpoint: server), credentials: source)
        _ = try await direct.send(S3Request("PUT"))
        let address = try S3Address("s3://\(bucket)/some/prefix", endpoint: self.endpoint)
        client = S3Client(address, credentials: source, patience: patience, limits: limits, now: now)
    }

    func store(partSize: Int = 5 << 20, lanes: Int = 4) -> S3Store {
        S3Store(client, settings: S3Settings(partSize: partSize, lanes: lanes))
    }

    /// All open uploads in the bucket.
    func openUploads() async throws -> [OpenUpload] { try await client.uploads(prefix: "") }
}

/// Content that no compression and no luck makes equal: SplitMix64 by a seed.
func content(_ count: Int, seed: UInt64) -> Data {
    var state = seed
    var words = [UInt64](repeating: 0, count: count / 8 + 1)
    for index in words.indices {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        words[index] = mixed ^ (mixed >> 31)
    }
    return words.withUnsafeBytes { Data($0.prefix(count)) }
}
