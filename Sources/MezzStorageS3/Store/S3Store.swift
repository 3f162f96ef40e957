package import FoundationEssentials
package import MezzCore
package import MezzStorage

/// Objects in a bucket of a server that speaks S3: `PREFIX/objects/ab/cdef…`, each named by its content's hash.
///
/// An object appears whole or not at all; that is S3's own promise. Nothing is written over but what is damaged.
package struct S3Store: Sendable {
    /// The server's calls.
    package let client: S3Client
    let settings: S3Settings

    package init(_ client: S3Client, settings: S3Settings = S3Settings()) {
        self.client = client
        self.settings = settings
    }

    /// Opens the store at `s3://BUCKET/PREFIX`, with endpoint, region and credentials as Amazon's own programs find
    /// them. Nothing is sent yet.
    /// - Throws: `Failure` of status `.usage` for an address that is none.
    package init(
        _ address: String, endpoint: String? = nil, region: String? = nil, environment: [String: String],
        settings: S3Settings = S3Settings()
    ) throws(Failure) {
        let profile = SharedProfile(environment: environment)
        let place = try S3Address(
            address, endpoint: endpoint, region: region, environment: environment, profile: profile)
        let bundle = environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : $0 }
        let transport = HTTPTransport(certificates: bundle)
        let credentials = CredentialSource.standard(
            environment: environment, profile: profile, transport: transport)
        self.init(S3Client(place, credentials: credentials, transport: transport), settings: settings)
    }

    /// All objects, in no particular order.
    package func hashes() async throws(StoreError) -> [ContentHash] {
        let folder = client.address.prefix + "objects/"
        let keys = try await calling { () throws(S3Fault) in try await client.keys(prefix: folder) }
        return keys.compactMap { ContentHash(hex: String($0.dropFirst(folder.count)).replacing("/", with: "")) }
    }

    /// Gives up uploads that were begun more than `age` ago and never ended: their workers are dead.
    /// - Returns: how many there were.
    @discardableResult
    package func sweepAbandonedUploads(olderThan age: TimeInterval) async throws(StoreError) -> Int {
        try await calling { () throws(S3Fault) in
            let old = client.clock.now.addingTimeInterval(-age)
            let uploads = try await client.uploads(prefix: client.address.prefix + "objects/")
            let abandoned = uploads.filter { $0.begun < old }
            for upload in abandoned { try await client.abortUpload(upload.key, upload: upload.id) }
            return abandoned.count
        }
    }

    /// A URL by which anybody can read the object for `seconds`, at most a week.
    package func presignedURL(of hash: ContentHash, seconds: Int) async throws(StoreError) -> String {
        try await client.presigned(key(of: hash), seconds: seconds)
    }

    func key(of hash: ContentHash) -> String {
        "\(client.address.prefix)objects/\(hash.hex.prefix(2))/\(hash.hex.dropFirst(2))"
    }

    /// Does calls; faults become the port's errors.
    func calling<Value>(
        about hash: ContentHash? = nil, _ body: () async throws(S3Fault) -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await body()
        } catch {
            throw StoreError(error, about: hash, at: client.address)
        }
    }
}
