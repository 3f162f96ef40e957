package import MezzStorage

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
package struct EnvironmentCredentials: CredentialProvider {
    package let name = "the environment"
    private let environment: [String: String]

    package init(_ environment: [String: String]) {
        self.environment = environment
    }

    package func credentials() async throws(StoreError) -> S3Credentials? {
        let access = environment["AWS_ACCESS_KEY_ID"] ?? ""
        let secret = environment["AWS_SECRET_ACCESS_KEY"] ?? ""
        if access.isEmpty, secret.isEmpty { return nil }
        guard !access.isEmpty, !secret.isEmpty else {
            throw .refused(
                place: name, detail: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY both, or neither")
        }
        let token = environment["AWS_SESSION_TOKEN"] ?? ""
        return S3Credentials(accessKey: access, secretKey: secret, sessionToken: token.isEmpty ? nil : token)
    }
}

/// The profile in the shared files, which are read anew each time: programs renew them.
package struct ProfileCredentials: CredentialProvider {
    package let name = "the files in ~/.aws"
    private let environment: [String: String]

    package init(_ environment: [String: String]) {
        self.environment = environment
    }

    package func credentials() async throws(StoreError) -> S3Credentials? {
        let profile = try await BlockingWork.run { SharedProfile(environment: environment) }
        if let access = profile["aws_access_key_id"], let secret = profile["aws_secret_access_key"] {
            return S3Credentials(accessKey: access, secretKey: secret, sessionToken: profile["aws_session_token"])
        }
        let ways = ["role_arn", "sso_session", "sso_start_url", "credential_process", "login_session"]
        guard let way = ways.first(where: { profile[$0] != nil }) else { return nil }
        throw .refused(
            place: name,
            detail: "the profile gets its credentials by \(way), which is not done here: run "
                + "`eval \"$(aws configure export-credentials --format env)\"` before")
    }
}
