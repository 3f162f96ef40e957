internal import FoundationEssentials
internal import MezzStorage

/// The JSON in which containers and machines are given credentials.
struct CredentialDocument: Decodable {
    private enum CodingKeys: String, CodingKey {
        case code = "Code"
        case access = "AccessKeyId"
        case secret = "SecretAccessKey"
        case token = "Token"
        case expiration = "Expiration"
    }

    private let code: String?
    private let access: String
    private let secret: String
    private let token: String?
    private let expiration: String?

    /// - Parameter place: Where the document came from, for messages.
    static func credentials(in body: [UInt8], from place: String) throws(StoreError) -> S3Credentials {
        guard let document = try? JSONDecoder().decode(Self.self, from: Data(body)),
            document.code ?? "Success" == "Success"
        else { throw .unreachable(place: place, detail: "the answer holds no credentials") }
        // Without an end they are asked for again after a quarter of an hour.
        let end = document.expiration.flatMap { try? Date($0, strategy: .iso8601) } ?? Date().addingTimeInterval(900)
        return S3Credentials(
            accessKey: document.access, secretKey: document.secret, sessionToken: document.token, expires: end)
    }
}
