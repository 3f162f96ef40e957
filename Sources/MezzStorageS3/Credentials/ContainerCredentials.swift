internal import FoundationEssentials
package import MezzStorage

/// The endpoint that ECS and EKS give to a container.
package struct ContainerCredentials: CredentialProvider {
    package let name = "the container's endpoint"
    /// The only hosts that are sent the container's token.
    private static let hosts = ["127.0.0.1", "localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]

    private let environment: [String: String]
    private let transport: HTTPTransport

    package init(_ environment: [String: String], transport: HTTPTransport) {
        self.environment = environment
        self.transport = transport
    }

    package func credentials() async throws(StoreError) -> S3Credentials? {
        guard let url = try url() else { return nil }
        var headers = ["Accept": "application/json"]
        if let token = try await token() { headers["Authorization"] = token }
        let request = HTTPRequest(url: url, headers: headers, limits: MetadataCredentials.limits)
        let response = try await MetadataCredentials.answer(to: request, over: transport, at: name)
        guard let response, response.status == 200 else {
            throw .unreachable(
                place: name, detail: "no credentials there" + (response.map { " (status \($0.status))" } ?? ""))
        }
        return try CredentialDocument.credentials(in: response.body, from: name)
    }

    private func url() throws(StoreError) -> String? {
        if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"], !path.isEmpty {
            guard path.hasPrefix("/") else {
                throw .refused(
                    place: name, detail: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with a slash")
            }
            return "http://169.254.170.2" + path
        }
        guard let url = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"], !url.isEmpty else { return nil }
        let rest = url.dropFirst(url.hasPrefix("https://") ? 8 : 7)
        let authority = rest.prefix { !"/?#".contains($0) }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        guard url.hasPrefix("http://") || url.hasPrefix("https://"), Self.hosts.contains(host.lowercased()) else {
            throw .refused(
                place: name, detail: "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to none of \(Self.hosts)")
        }
        return url
    }

    private func token() async throws(StoreError) -> String? {
        guard let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"], !path.isEmpty else {
            return environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        }
        let data = try await BlockingWork.run { FileManager.default.contents(atPath: path) }
        guard let data else { throw .refused(place: name, detail: "cannot read the token in \(path)") }
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
    }
}
