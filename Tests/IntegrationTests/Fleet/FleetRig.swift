import Foundation
import FoundationNetworking
import MezzTestKit
import Testing

/// What a fleet's state and files lie in.
enum FleetGround: String, CaseIterable, CustomTestStringConvertible, Sendable {
    /// SQLite and a folder.
    case local
    /// PostgreSQL and a server that speaks S3.
    case servers

    var testDescription: String { self == .local ? "SQLite and a folder" : "PostgreSQL and S3" }

    /// The grounds that can be had on this machine; says which cannot.
    static let available: [FleetGround] = {
        guard PostgresPrograms.installed != nil else {
            print("skipped on servers: \(PostgresPrograms.absence)")
            return [.local]
        }
        guard MotoServer.isInstalled else {
            print("skipped on servers: \(MotoServer.absence)")
            return [.local]
        }
        return [.local, .servers]
    }()
}

/// A fleet for one test: the built `mezz` as submitter, workers and waiter, each a process of its own.
struct FleetRig {
    let folder: TestFolder
    let mezz: MezzProgram
    let environment: [String: String]

    init(_ ground: FleetGround, in folder: TestFolder) async throws {
        self.folder = folder
        mezz = try MezzProgram(in: folder)
        switch ground {
        case .local:
            environment = ["MEZZ_DATABASE": "sqlite:" + folder("fleet.db"), "MEZZ_STORE": folder("store")]
        case .servers:
            let endpoint = try MotoServer.shared().endpoint
            let bucket = "fleet-" + UUID().uuidString.lowercased()
            try await Self.makeBucket(endpoint + "/" + bucket)
            environment = [
                "MEZZ_DATABASE": try PostgresServer.shared().makeDatabase(), "MEZZ_STORE": "s3://\(bucket)/jobs",
                "AWS_ENDPOINT_URL_S3": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_EC2_METADATA_DISABLED": "true",
            ]
        }
    }

    private static func makeBucket(_ url: String) async throws {
        guard let url = URL(string: url) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = "PUT"
        _ = try await URLSession.shared.data(for: request)
    }

    /// Submits a job and returns its name.
    func submit(_ source: String, _ options: [String]) async throws -> String {
        let end = try await mezz.run(["submit", source, "--json"] + options, environment: environment)
        #expect(end.status == 0, "\(end.errorText)")
        return try #require(try JSONValue(end.output)["job"].string)
    }

    /// Starts a worker of one slot in a folder of its own.
    func worker(_ name: String, _ options: [String] = []) throws -> Child {
        try mezz.start(
            ["worker", "--work", folder(name), "--slots", "1", "--reserve", "64", "--name", name, "--json"] + options,
            environment: environment)
    }

    /// Waits for a job and fetches its package.
    func wait(_ job: String, to output: String, seconds: Double = MezzProgram.patience) async throws -> ChildEnd {
        try await mezz.run(["wait", job, "-o", output], environment: environment, within: seconds)
    }

    /// A job's state as `mezz status --json` tells it.
    func status(_ job: String) async throws -> JSONValue {
        try JSONValue(try await mezz.run(["status", job, "--json"], environment: environment).output)
    }
}
