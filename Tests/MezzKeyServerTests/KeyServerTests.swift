import Foundation
import MezzCore
import MezzKeyServer
import MezzPackaging
import MezzTestKit
import Testing

@Suite("A key server", .timeLimit(.minutes(3)))
struct KeyServerTests {
    @Test("is asked in SPEKE's words, and gives the same keys again")
    func asked() async throws {
        let server = try LoopbackHTTP { LoopbackHTTP.answer(200, KeyServerBed.answer($0.body)) }
        let headers = "Authorization: Bearer abc\r\n\nX-Tenant:  one "
        let first = try await KeyServerBed.ask(server.endpoint, headers: headers)
        let again = try await KeyServerBed.ask(server.endpoint, headers: headers)
        #expect(first.ring.protection == again.ring.protection && first.ring.protection.keyIDs.count == 2)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/speke/v2.0?token=hidden")
        #expect(request.header("x-speke-version") == "2.0" && request.header("content-type") == "application/xml")
        #expect(request.header("authorization") == "Bearer abc" && request.header("x-tenant") == "one")
        #expect(try request.body == KeyServerBed.contract().request)
        #expect(server.requests.count == 2 && server.requests[1].body == request.body)
    }

    @Test("is asked again when it fails for a moment", arguments: [500, 503, 429])
    func repeated(_ status: Int) async throws {
        let server = try LoopbackHTTP {
            $0.number < 2 ? LoopbackHTTP.answer(status, "busy") : LoopbackHTTP.answer(200, KeyServerBed.answer($0.body))
        }
        #expect(try await KeyServerBed.ask(server.endpoint).ring.protection.keyIDs.count == 2)
        #expect(server.requests.count == 3)
    }

    /// An answer that is none, how often it is asked for, and what is said of it.
    struct Refusal: Sendable {
        let name: String
        let tries: Int
        let status: MezzCore.ExitStatus
        let what: String
        let answer: @Sendable (Data) -> Data

        init(
            _ name: String, _ tries: Int, _ status: MezzCore.ExitStatus, _ what: String,
            _ answer: @escaping @Sendable (Data) -> Data
        ) {
            (self.name, self.tries, self.status, self.what, self.answer) = (name, tries, status, what, answer)
        }
    }

    static let refusals: [Refusal] = [
        Refusal("not trusted", 1, .unavailable, "does not trust") { _ in LoopbackHTTP.answer(401, "secret words") },
        Refusal("forbidden", 1, .unavailable, "does not trust") { _ in LoopbackHTTP.answer(403, "secret words") },
        Refusal("not found", 1, .unavailable, "404") { _ in LoopbackHTTP.answer(404, "secret words") },
        Refusal("elsewhere", 1, .unavailable, "302") { _ in
            LoopbackHTTP.answer(302, headers: ["Location: http://127.0.0.1:1/secret"])
        },
        Refusal("failing", 3, .temporary, "3 times (status 500)") { _ in LoopbackHTTP.answer(500, "secret words") },
        Refusal("silent", 3, .temporary, "cannot be reached") { _ in Data() },
        Refusal("cut", 3, .temporary, "cannot be reached") { _ in
            Data("HTTP/1.1 200 X\r\nContent-Length: 100000\r\n\r\nsecret".utf8)
        },
        Refusal("large", 1, .unavailable, "larger") { _ in
            LoopbackHTTP.answer(200, String(repeating: "s", count: (1 << 20) + 1))
        },
        Refusal("HTML", 1, .input, "root") { _ in
            LoopbackHTTP.answer(200, "<html><body>secret words</body></html>")
        },
        Refusal("nothing", 1, .input, "XML") { _ in LoopbackHTTP.answer(200) },
        Refusal("JSON", 1, .input, "XML") { _ in LoopbackHTTP.answer(200, #"{"key": "secret words"}"#) },
        Refusal("other keys", 1, .input, "no ContentKey") { body in
            let text = KeyServerBed.answer(body)
            let kid = text.range(of: #"ContentKey kid=""#).map { String(text[$0.upperBound...].prefix(36)) } ?? ""
            return LoopbackHTTP.answer(
                200, text.replacing("ContentKey kid=\"\(kid)", with: "ContentKey kid=\"\(UUID().uuidString)"))
        },
        Refusal("other content", 1, .input, "other content") { body in
            LoopbackHTTP.answer(200, KeyServerBed.answer(body).replacing("title 1", with: "title 2"))
        },
        Refusal("short keys", 1, .input, "not 16") { body in
            let short = KeyServerBed.answer(body).replacing(
                #/[^>]{8}<\/pskc:PlainValue>/#, with: "</pskc:PlainValue>")
            return LoopbackHTTP.answer(200, short)
        },
    ]

    @Test("whose answer is none is told apart, as often as it helps, and never quoted", arguments: refusals.indices)
    func refused(_ number: Int) async throws {
        let refusal = Self.refusals[number]
        let (name, tries, status, what) = (refusal.name, refusal.tries, refusal.status, refusal.what)
        let server = try LoopbackHTTP { refusal.answer($0.body) }
        let failure = await #expect(throws: Failure.self, "\(name)") { try await KeyServerBed.ask(server.endpoint) }
        #expect(failure?.status == status && failure?.what.contains(what) == true, "\(name): \(failure?.what ?? "")")
        #expect(server.requests.count == tries, "\(name)")
        let said = [failure?.description, failure?.detail].compactMap(\.self).joined()
        #expect(!said.contains("secret") && !said.contains("hidden"), "\(said)")
        #expect(failure?.place.hasPrefix(server.endpoint + "/speke/v2.0") == true)
    }

    @Test("that is slow is given up")
    func slow() async throws {
        let server = try LoopbackHTTP { _ in
            Thread.sleep(forTimeInterval: 3)
            return Data()
        }
        let failure = await #expect(throws: Failure.self) { try await KeyServerBed.ask(server.endpoint, seconds: 0.3) }
        #expect(failure?.status == .temporary && failure?.what.contains("timeout") == true, "\(failure?.what ?? "")")
        #expect(server.requests.count == 3)
    }

    @Test("that nobody runs is said to be out of reach")
    func absent() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await KeyServerBed.ask("http://127.0.0.1:\(Loopback.freePort())")
        }
        #expect(failure?.status == .temporary)
    }
}

@Suite("A key server's address and headers")
struct KeyServerWordsTests {
    @Test(
        "are https, or of this machine",
        arguments: [
            "https://keys.example.com/speke", "https://keys.example.com:8443/?a=b", "http://127.0.0.1:80/x",
            "http://localhost/x", "http://[::1]:8080/x",
        ])
    func taken(_ url: String) throws {
        let address = try KeyServerAddress("speke:" + url)
        #expect(!address.place.contains("a=b") && address.place.hasPrefix("http"))
    }

    @Test(
        "are refused otherwise, without being quoted",
        arguments: [
            "http://keys.example.com/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "https://", "", "https://a b/x",
            "https://user:secret@keys.example.com/", "https://keys.example.com/#x", "http://127.0.0.1.example.com/",
            "https://keys.example.com/\r\nX: secret",
        ])
    func refused(_ url: String) {
        let failure = #expect(throws: Failure.self) { try KeyServerAddress("speke:" + url) }
        #expect(failure?.status == .usage && failure?.description.contains("secret") == false)
    }

    @Test(
        "are lines of headers that are not mezz's own, and show nowhere",
        arguments: [
            "secret", ": secret", "A:", "A b: secret", "Host: secret", "X-Speke-Version: 1.0", "A: se\u{1}cret", "A: ü",
            "Content-Type: text/plain", String(repeating: "A: secret\n", count: 33), "A: b\nContent-length: 3",
        ])
    func headers(_ text: String) throws {
        let failure = #expect(throws: Failure.self) { try KeyServerHeaders(text) }
        #expect(failure?.place.hasPrefix("MEZZ_KEY_SERVER_HEADERS, line") == true)
        #expect(failure?.description.contains("secret") == false)
        let good = try KeyServerHeaders("Authorization: secret")
        var dumped = ""
        dump(good, to: &dumped)
        #expect("\(good)" == "1 secret headers" && !dumped.contains("Authorization"))
    }
}
