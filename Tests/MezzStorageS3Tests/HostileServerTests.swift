import Foundation
import MezzCore
import MezzStorage
import MezzStorageS3
import MezzTestKit
import Testing

@Suite("Hostile and odd S3 servers", .timeLimit(.minutes(2)))
struct HostileServerTests {
    private static let missing = LoopbackHTTP.answer(404, "<Error><Code>NoSuchKey</Code></Error>")
    private static let limit = "\(5 << 20)"

    @Test("endless headers, endless bodies and broken answers end a transfer")
    func bounds() async throws {
        let many = (0..<3_000).map { "X-\($0): \(String(repeating: "a", count: 100))" }
        let bombs = [
            LoopbackHTTP.answer(200, headers: many),
            LoopbackHTTP.answer(200, String(repeating: "a", count: 200_000)),
            Data("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".utf8), Data("not http at all".utf8), Data(),
            Data("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n".utf8),
        ]
        for bomb in bombs {
            let server = try LoopbackHTTP { _ in bomb }
            let result = await HTTPTransport().send(HTTPRequest(url: server.endpoint, target: .memory(limit: 100_000)))
            guard case .failure(.lost) = result else {
                Issue.record("\(result)")
                continue
            }
        }
    }

    @Test("redirects are handed back, wherever they lead", arguments: ["file:///etc/passwd", "http://127.0.0.1:1/"])
    func redirects(_ place: String) async throws {
        let server = try LoopbackHTTP { _ in LoopbackHTTP.answer(302, headers: ["Location: \(place)"]) }
        let response = try await HTTPTransport().send(HTTPRequest(url: server.endpoint)).get()
        #expect(response.status == 302 && server.requests.count == 1)
    }

    @Test("other schemes are refused", arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"])
    func schemes(_ url: String) async throws {
        guard case .failure(.refused) = await HTTPTransport().send(HTTPRequest(url: url)) else {
            Issue.record("\(url) was not refused")
            return
        }
    }

    @Test("headers with line ends are not sent")
    func injection() async throws {
        let request = HTTPRequest(url: "http://127.0.0.1:1/", headers: ["x": "a\r\nY: b"])
        guard case .failure(.refused) = await HTTPTransport().send(request) else {
            Issue.record("the header was sent")
            return
        }
    }

    @Test("bytes of another range, and more of them, are not written")
    func wrongRange() async throws {
        try await TestFolder.with { folder in
            for range in ["bytes 1-10/10", "bytes 0-9/10, x", ""] {
                let server = try LoopbackHTTP { request in
                    if request.method == "HEAD" {
                        return Data("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\n".utf8)
                    }
                    return LoopbackHTTP.answer(206, "0123456789abc", headers: ["Content-Range: \(range)"])
                }
                await #expect(throws: StoreError.self) {
                    try await store(server.endpoint).fetch(ContentHash.of(Data()), to: folder("out"))
                }
                #expect(folder.names().isEmpty)
            }
        }
    }

    @Test("a server without conditions is asked for none from then on")
    func withoutConditions() async throws {
        try await TestFolder.with { folder in
            let server = try LoopbackHTTP { request in
                if request.method != "PUT" { return Self.missing }
                if request.header("if-none-match") != nil {
                    return LoopbackHTTP.answer(501, "<Error><Code>NotImplemented</Code></Error>")
                }
                return LoopbackHTTP.answer(200)
            }
            let store = try store(server.endpoint)
            for name in ["a", "b"] { _ = try await store.put(fileAt: try folder.write(Data(name.utf8), to: name)) }
            let puts = server.requests.filter { $0.method == "PUT" }
            #expect(puts.map { $0.header("if-none-match") } == ["*", nil, nil])
        }
    }

    @Test("an upload whose end fails after status 200 is tried again, then given up and cleared away")
    func lateFailure() async throws {
        try await TestFolder.with { folder in
            let server = try LoopbackHTTP { request in
                switch (request.method, request.target.contains("uploads"), request.target.contains("uploadId")) {
                case ("POST", true, _): LoopbackHTTP.answer(200, "<R><UploadId>u&lt;1</UploadId></R>")
                case ("PUT", _, true): LoopbackHTTP.answer(200, headers: ["ETag: \"x\""])
                case ("POST", _, true): LoopbackHTTP.answer(200, "\n  <Error><Code>InternalError</Code></Error>")
                case ("DELETE", _, _): LoopbackHTTP.answer(204)
                default: Self.missing
                }
            }
            let path = try folder.write(content(6_000_000, seed: 1), to: "a")
            let error = await #expect(throws: StoreError.self) {
                _ = try await store(server.endpoint).put(fileAt: path)
            }
            guard case .unreachable(_, let detail) = error else { throw try #require(error) }
            #expect(detail.contains("InternalError"))
            #expect(server.requests.filter { $0.method == "POST" }.count > 2)
            let last = try #require(server.requests.last)
            #expect(last.method == "DELETE" && last.target.hasSuffix("?uploadId=u%3C1"))
        }
    }

    @Test("listings that never end, and documents that are none, are given up")
    func listings() async throws {
        let endless = "<R><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></R>"
        for text in [endless, "<R><IsTruncated>true</IsTruncated></R>", "", "<html>", "{}"] {
            let server = try LoopbackHTTP { _ in LoopbackHTTP.answer(200, text) }
            await #expect(throws: StoreError.self) { try await store(server.endpoint).hashes() }
            #expect(server.requests.count <= 2)
        }
    }

    @Test("another region is named in the refusal")
    func otherRegion() async throws {
        let server = try LoopbackHTTP { _ in
            LoopbackHTTP.answer(
                301, "<Error><Code>PermanentRedirect</Code></Error>", headers: ["x-amz-bucket-region: eu-west-2"])
        }
        let error = await #expect(throws: StoreError.self) {
            try await store(server.endpoint).contains(ContentHash.of(Data()))
        }
        #expect(error.map { "\($0)" }?.contains("AWS_REGION=eu-west-2") == true)
    }

    @Test("expired credentials are renewed once, and a second refusal is final")
    func expired() async throws {
        let server = try LoopbackHTTP { request in
            let isFresh = request.header("authorization")?.contains("Credential=k2/") ?? false
            return LoopbackHTTP.answer(
                isFresh ? 204 : 400, isFresh ? "" : "<Error><Code>ExpiredToken</Code></Error>")
        }
        let address = try S3Address("s3://bucket", endpoint: server.endpoint)
        let renewing = S3Client(address, credentials: CredentialSource([Counting(last: 2)]))
        try await S3Store(renewing).remove(ContentHash.of(Data()))
        #expect(server.requests.count == 2)
        let stuck = S3Client(address, credentials: CredentialSource([Counting(last: 1)]))
        let error = await #expect(throws: StoreError.self) { try await S3Store(stuck).remove(ContentHash.of(Data())) }
        guard case .refused(_, let detail) = error else { throw try #require(error) }
        #expect(detail.contains("expired") && server.requests.count == 3)
    }

    private func store(_ endpoint: String) throws -> S3Store {
        let source = CredentialSource([EnvironmentCredentials(S3Bed.environment)])
        let address = try S3Address("s3://bucket/p", endpoint: endpoint)
        return S3Store(
            S3Client(address, credentials: source, patience: .seconds(1)), settings: S3Settings(partSize: 5 << 20))
    }
}

/// Credentials `k1`, `k2` and so on up to the last.
private actor Counting: CredentialProvider {
    nonisolated let name = "test"
    private let last: Int
    private var count = 0

    init(last: Int) {
        self.last = last
    }

    func credentials() async throws(StoreError) -> S3Credentials? {
        count = min(count + 1, last)
        return S3Credentials(accessKey: "k\(count)", secretKey: "s")
    }
}
