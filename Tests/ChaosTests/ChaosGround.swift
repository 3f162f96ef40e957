import Foundation
import FoundationNetworking
import MezzTestKit

/// The servers of one run: PostgreSQL and a store that speaks S3.
struct ChaosGround: Sendable {
    let postgres: PostgresServer
    let moto: MotoServer
    /// The database's address without a proxy.
    let database: String
    let bucket: String

    init() async throws {
        postgres = try PostgresServer(settings: ["fsync=off", "full_page_writes=off"])
        moto = try MotoServer()
        database = try postgres.makeDatabase()
        bucket = "chaos-" + UUID().uuidString.lowercased()
        guard let url = URL(string: moto.endpoint + "/" + bucket) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = "PUT"
        _ = try await URLSession.shared.data(for: request)
    }

    /// What `mezz` needs in its environment to reach both servers at these addresses.
    func environment(database: String, endpoint: String) -> [String: String] {
        [
            "MEZZ_DATABASE": database, "MEZZ_STORE": "s3://\(bucket)/jobs", "AWS_ENDPOINT_URL_S3": endpoint,
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }

    /// Both servers, reached without proxies.
    var plain: [String: String] { environment(database: database, endpoint: moto.endpoint) }

    /// The rows of a statement, as `psql` prints them; tried again while the server is down.
    func rows(_ sql: String) async throws -> [String] {
        let limit = ContinuousClock.now + .seconds(60)
        while true {
            do {
                let (postgres, database) = (postgres, database)
                let text = try await offPool { try postgres.run(sql, on: database) }
                return text.split(separator: "\n").map(String.init)
            } catch {
                guard ContinuousClock.now < limit else { throw error }
                try await Task.sleep(for: .seconds(1))
            }
        }
    }
}

/// One machine's way to the servers, with proxies of its own.
struct ChaosLink: Sendable {
    let database: FaultyWire
    let store: FaultyWire
    let http: FaultyHTTP
    let environment: [String: String]

    init(to ground: ChaosGround, seed: UInt64) throws {
        database = try FaultyWire(before: ground.postgres.port, seed: seed)
        http = try FaultyHTTP(before: ground.moto.port, seed: seed, checksClocks: true)
        store = try FaultyWire(before: http.port, seed: seed ^ 1)
        environment = ground.environment(
            database: ground.database.replacing(":\(ground.postgres.port)/", with: ":\(database.port)/"),
            endpoint: "http://127.0.0.1:\(store.port)")
    }
}
