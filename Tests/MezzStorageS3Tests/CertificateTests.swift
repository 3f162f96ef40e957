import Foundation
import Glibc
import MezzStorageS3
import MezzTestKit
import Testing

@Suite(
    "Certificates", .timeLimit(.minutes(2)),
    .enabled(if: ServerProcess.program("openssl") != nil, "no openssl here, so this is not tested"))
struct CertificateTests {
    /// `$1` is the folder, `$2` the port.
    private static let script = """
        openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1/key" -out "$1/certificate" -days 2 \
            -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1
        exec openssl s_server -accept "127.0.0.1:$2" -cert "$1/certificate" -key "$1/key" -www
        """

    @Test("a server is talked to only when its certificate is trusted and names it")
    func trust() async throws {
        let server = try ServerProcess("tls") { port, folder in
            ["/bin/sh", "-c", Self.script, "sh", folder, String(port)]
        }
        let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
        for transport in [HTTPTransport(), HTTPTransport(certificates: "/nowhere/certificates")] {
            guard case .failure(.refused) = await transport.send(request) else {
                Issue.record("an untrusted server was talked to")
                continue
            }
        }
        let trusting = HTTPTransport(certificates: server.folder + "/certificate")
        #expect(try await trusting.send(request).get().status == 200)
        // The certificate is of the address alone.
        guard case .failure(.refused) = await trusting.send(HTTPRequest(url: "https://localhost:\(server.port)/"))
        else {
            Issue.record("a server with another name was talked to")
            return
        }
    }

    @Test("a test's server, and what it started, ends with its owner")
    func end() async throws {
        var server: ServerProcess? = try ServerProcess("end") { port, folder in
            // The shell stays, so that the server is a process of its own below it.
            ["/bin/sh", "-c", Self.script.replacing("exec ", with: "") + "\ntrue", "sh", folder, String(port)]
        }
        let port = try #require(server?.port)
        server = nil
        let limit = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < limit, let socket = Loopback.connect(port) {
            close(socket)
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(Loopback.connect(port) == nil)
    }
}
