import Foundation

/// OpenStack Swift with its S3 interface, which checks signatures for real and knows no conditions: a proxy with an
/// account, a container and an object server (Debian `swift-proxy swift-account swift-container swift-object`).
package final class SwiftServer: Sendable {
    /// Of its only user.
    package static let environment = ["AWS_ACCESS_KEY_ID": "mezz:tests", "AWS_SECRET_ACCESS_KEY": "the-secret"]

    /// `http://127.0.0.1:PORT`.
    package var endpoint: String { "http://127.0.0.1:\(process.port)" }
    private let process: ServerProcess

    /// Where the packages lie: `/`, or the folder that `MEZZ_OPENSTACK` names, if they were unpacked there.
    private static let root = ProcessInfo.processInfo.environment["MEZZ_OPENSTACK"] ?? ""

    /// Whether it can be run here.
    package static let isInstalled = FileManager.default.fileExists(
        atPath: root + "/usr/lib/python3/dist-packages/swift/common/middleware/s3api/s3api.py")

    /// What a skipped test says.
    package static let absence =
        "no OpenStack Swift here (apt-get install swift-proxy swift-account swift-container swift-object), so this is "
        + "not tested"

    /// One server for all tests of a process.
    package static func shared() throws -> SwiftServer { try sharedServer.get() }

    private static let sharedServer = Result { try SwiftServer() }

    /// Starts the four servers.
    package init() throws {
        var environment: [String: String] = [:]
        if !Self.root.isEmpty {
            environment["PYTHONPATH"] = Self.root + "/usr/lib/python3/dist-packages"
            environment["LD_LIBRARY_PATH"] = Self.root + "/usr/lib/x86_64-linux-gnu"
        }
        process = try ServerProcess("swift", environment: environment) { port, folder in
            ["/usr/bin/python3", "-c", Self.script, folder, String(port)]
        }
    }
}
