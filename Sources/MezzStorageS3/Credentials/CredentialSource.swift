internal import FoundationEssentials
package import MezzStorage

/// One way of getting credentials.
package protocol CredentialProvider: Sendable {
    /// Where it looks, for messages.
    var name: String { get }

    /// The credentials; `nil` when this way is not set up here.
    func credentials() async throws(StoreError) -> S3Credentials?
}

/// Asks the ways of getting credentials in order, keeps what the first one gives, and asks again before it expires.
package actor CredentialSource {
    /// How long before their end credentials are renewed: longer than a transfer of one part takes.
    private static let margin: TimeInterval = 300

    private let providers: [any CredentialProvider]
    private var known: S3Credentials?
    private var asking: Task<Result<S3Credentials, StoreError>, Never>?

    package init(_ providers: [any CredentialProvider]) {
        self.providers = providers
    }

    /// The environment, the shared files, the container's endpoint, the machine's metadata: the usual order.
    package static func standard(
        environment: [String: String], profile: SharedProfile, transport: HTTPTransport
    ) -> CredentialSource {
        CredentialSource([
            EnvironmentCredentials(environment), ProfileCredentials(environment),
            ContainerCredentials(environment, transport: transport),
            MetadataCredentials(environment, transport: transport),
        ])
    }

    /// Credentials that are good for some minutes.
    /// - Throws: `.refused` when there are none, `.unreachable` when their place does not answer.
    package func current() async throws(StoreError) -> S3Credentials {
        guard let known else { return try await ask().get() }
        guard let expires = known.expires, expires.timeIntervalSinceNow < Self.margin else { return known }
        let result = await ask()
        // While those known are still good, a place that does not answer is no reason to stop.
        if case .failure = result, expires.timeIntervalSinceNow > 0 { return known }
        return try result.get()
    }

    /// Others than `expired`, which a server has refused; `nil` when there are no others.
    package func renewed(after expired: S3Credentials) async throws(StoreError) -> S3Credentials? {
        if let known, known != expired { return known }
        let fresh = try await ask().get()
        return fresh == expired ? nil : fresh
    }

    /// However many callers wait, the place is asked once.
    private func ask() async -> Result<S3Credentials, StoreError> {
        if let asking { return await asking.value }
        let providers = providers
        let task = Task { await Self.first(of: providers) }
        asking = task
        let result = await task.value
        asking = nil
        if case .success(let credentials) = result { known = credentials }
        return result
    }

    private static func first(of providers: [any CredentialProvider]) async -> Result<S3Credentials, StoreError> {
        do throws(StoreError) {
            for provider in providers {
                guard let credentials = try await provider.credentials() else { continue }
                guard credentials.isSound else {
                    throw .refused(
                        place: provider.name, detail: "the credentials there hold spaces or control characters")
                }
                return .success(credentials)
            }
            throw .refused(
                place: "credentials",
                detail: "there are none: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in "
                    + "~/.aws/credentials, or run where a role is attached; looked in "
                    + providers.map(\.name).joined(separator: ", "))
        } catch {
            return .failure(error)
        }
    }
}
