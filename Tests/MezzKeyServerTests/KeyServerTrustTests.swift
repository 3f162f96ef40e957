import Foundation
import MezzCore
import MezzKeyServer
import MezzPackaging
import MezzTestKit
import Testing

@Suite(
    "A key server over TLS", .timeLimit(.minutes(3)),
    .enabled(
        if: ServerProcess.program("openssl") != nil && ServerProcess.program("python3") != nil,
        "no openssl or no Python here, so this is not tested"))
struct KeyServerTrustTests {
    /// `$1` is the folder, `$2` the port, `$3` the server's program.
    private static let script = """
        openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1/key" -out "$1/certificate" -days 2 \
            -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1
        exec python3 -c "$3" "$1" "$2"
        """

    @Test("is asked for keys only when its certificate is trusted and names it")
    func trust() async throws {
        let server = try ServerProcess("keys") { port, folder in
            ["/bin/sh", "-c", Self.script, "sh", folder, String(port), KeyServerBed.secureScript]
        }
        func ask(_ host: String, trusting certificates: String?) async throws -> KeyReading {
            try await KeyServer(
                KeyServerAddress("speke:https://\(host):\(server.port)/"), headers: KeyServerHeaders(),
                certificates: certificates, pause: .milliseconds(20)
            ).keys(KeyServerBed.contract(), privateKey: nil)
        }
        let own = server.folder + "/certificate"
        #expect(try await ask("127.0.0.1", trusting: own).ring.protection.keyIDs.count == 2)
        // The certificate is of the address alone.
        for (host, certificates) in [("127.0.0.1", nil), ("127.0.0.1", "/nowhere"), ("localhost", own)] {
            let failure = await #expect(throws: Failure.self) { try await ask(host, trusting: certificates) }
            #expect(failure?.status == .unavailable && failure?.what.contains("cannot be used") == true)
        }
    }
}
