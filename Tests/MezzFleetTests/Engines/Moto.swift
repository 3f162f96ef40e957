import Foundation
import FoundationNetworking
import MezzMedia
import MezzTestKit
import Testing

/// The AWS command line interface before Moto's server.
struct Moto {
    static let isHere = MotoServer.isInstalled && ServerProcess.program("aws") != nil
    static let absence = Comment(
        rawValue: "no moto_server or no aws here (pip install 'moto[server]' awscli), so this is not tested")

    let server: MotoServer
    let runner: ClientRunner

    init() throws {
        server = try MotoServer.shared()
        runner = ClientRunner(
            path: ProcessInfo.processInfo.environment["PATH"] ?? "",
            environment: [
                "AWS_ENDPOINT_URL": server.endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_DEFAULT_REGION": "us-east-1", "AWS_CONFIG_FILE": "/nonexistent",
                "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
            ])
    }

    /// What `aws` answers; `null` when it says nothing.
    @discardableResult
    func aws(_ arguments: [String]) async throws -> JSONValue {
        let answer = try await runner.run(
            ClientCommand("aws", arguments + ["--output=json", "--endpoint-url=\(server.endpoint)"], seconds: 120))
        try #require(answer.succeeded, "\(answer.errorTail.joined(separator: "\n"))")
        return answer.output.isEmpty ? .null : try JSONValue(answer.output)
    }

    /// Calls Moto's own interface.
    func control(_ path: String, _ body: String) async throws {
        var request = URLRequest(url: try #require(URL(string: server.endpoint + path)))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        _ = try await URLSession.shared.data(for: request)
    }
}
