package import MezzStorage

/// The role of an EC2 machine, from its metadata, version 2 ("Use IMDSv2", Amazon EC2 User Guide).
///
/// Neither a proxy nor a redirect is followed, so that the session's token reaches nobody but the link-local address;
/// the answer's hop limit is the machine's own setting.
package struct MetadataCredentials: CredentialProvider {
    package let name = "the machine's metadata"
    /// Short: where there is no such service nothing answers.
    static let limits = HTTPLimits(connect: 1, stall: 2, total: 3, usesProxy: false)
    private static let tokenSeconds = 21_600

    private let environment: [String: String]
    private let transport: HTTPTransport

    package init(_ environment: [String: String], transport: HTTPTransport) {
        self.environment = environment
        self.transport = transport
    }

    package func credentials() async throws(StoreError) -> S3Credentials? {
        if environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" { return nil }
        let chosen = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 }
        var base = chosen ?? "http://169.254.169.254"
        if base.hasSuffix("/") { base.removeLast() }
        let ask = HTTPRequest(
            method: "PUT", url: base + "/latest/api/token",
            headers: ["X-aws-ec2-metadata-token-ttl-seconds": String(Self.tokenSeconds)], limits: Self.limits)
        let granted = try await Self.answer(to: ask, over: transport, at: name)
        guard let granted, granted.status == 200 else { return nil }
        let headers = ["X-aws-ec2-metadata-token": String(decoding: granted.body, as: UTF8.self)]
        let folder = base + "/latest/meta-data/iam/security-credentials/"
        guard let role = try await text(folder, headers) else { return nil }
        let name = role.split(whereSeparator: \.isNewline).first ?? ""
        guard !name.isEmpty, name.utf8.count <= 64 else { return nil }
        guard let document = try await text(folder + URIEncoding.encoded(String(name)), headers) else { return nil }
        return try CredentialDocument.credentials(in: Array(document.utf8), from: self.name)
    }

    private func text(_ url: String, _ headers: [String: String]) async throws(StoreError) -> String? {
        let request = HTTPRequest(url: url, headers: headers, limits: Self.limits)
        guard let response = try await Self.answer(to: request, over: transport, at: name) else {
            throw .unreachable(place: name, detail: "no answer from \(url)")
        }
        return response.status == 200 ? String(decoding: response.body, as: UTF8.self) : nil
    }

    /// The answer to a request that is tried twice; `nil` when there is none.
    static func answer(
        to request: HTTPRequest, over transport: HTTPTransport, at place: String
    ) async throws(StoreError) -> HTTPResponse? {
        for _ in 0..<2 {
            switch await transport.send(request) {
            case .success(let response) where response.status < 500: return response
            case .success, .failure(.lost): continue
            case .failure(.cancelled): throw .cancelled
            case .failure(.local(let error)): throw error
            case .failure(.refused(let detail)): throw .refused(place: place, detail: detail)
            }
        }
        return nil
    }
}
