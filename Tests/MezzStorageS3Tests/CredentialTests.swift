import Foundation
import MezzStorage
import MezzStorageS3
import MezzTestKit
import Testing

@Suite("Credentials for S3", .timeLimit(.minutes(2)))
struct CredentialTests {
    private let transport = HTTPTransport()

    @Test("the environment comes first, and half of it is refused")
    func environment() async throws {
        let whole = ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": "c"]
        let found = try await source(whole).current()
        #expect(found == S3Credentials(accessKey: "a", secretKey: "b", sessionToken: "c"))
        await expectRefusal(["AWS_ACCESS_KEY_ID": "a"], "AWS_SECRET_ACCESS_KEY")
        await expectRefusal(["AWS_ACCESS_KEY_ID": "a\r\nX: y", "AWS_SECRET_ACCESS_KEY": "b"], "control characters")
    }

    @Test("profiles are read from both files")
    func profiles() async throws {
        try await TestFolder.with { folder in
            try folder.write(
                Data(
                    """
                    # comment
                    [default]
                    aws_access_key_id = one
                    aws_secret_access_key=two=2

                    [work]
                    aws_access_key_id = three
                    """.utf8), to: "credentials")
            try folder.write(
                Data(
                    """
                    [default]
                    region = eu-west-3
                    [profile work]
                    region=eu-north-1
                    s3 =
                        endpoint_url = http://nested
                    aws_access_key_id = not this
                    aws_secret_access_key = four
                    [profile guest]
                    role_arn = arn:aws:iam::1:role/x
                    """.utf8), to: "config")
            var environment = quiet
            environment["AWS_SHARED_CREDENTIALS_FILE"] = folder("credentials")
            environment["AWS_CONFIG_FILE"] = folder("config")
            #expect(try await source(environment).current() == S3Credentials(accessKey: "one", secretKey: "two=2"))
            #expect(SharedProfile(environment: environment)["region"] == "eu-west-3")
            environment["AWS_PROFILE"] = "work"
            #expect(try await source(environment).current() == S3Credentials(accessKey: "three", secretKey: "four"))
            let profile = SharedProfile(environment: environment)
            #expect(profile["region"] == "eu-north-1" && profile["endpoint_url"] == nil)
            environment["AWS_PROFILE"] = "guest"
            await expectRefusal(environment, "export-credentials")
        }
    }

    @Test("without any, it is said where they were looked for")
    func none() async throws { await expectRefusal(quiet, "AWS_ACCESS_KEY_ID") }

    @Test("a machine's role is asked for with a token, once for all who wait")
    func metadata() async throws {
        let server = try LoopbackHTTP { request in
            let isGranted = request.header("x-aws-ec2-metadata-token") == "token"
            switch (request.method, request.target) {
            case ("PUT", "/latest/api/token"):
                let seconds = request.header("x-aws-ec2-metadata-token-ttl-seconds")
                return LoopbackHTTP.answer(seconds == "21600" ? 200 : 400, "token")
            case ("GET", "/latest/meta-data/iam/security-credentials/") where isGranted:
                return LoopbackHTTP.answer(200, "worker\n")
            case ("GET", "/latest/meta-data/iam/security-credentials/worker") where isGranted:
                return LoopbackHTTP.answer(200, Self.document("k\(request.number)", expires: 3_600))
            default: return LoopbackHTTP.answer(401)
            }
        }
        let source = source(["HOME": "/nowhere", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.endpoint])
        let found = try await withThrowingTaskGroup(of: S3Credentials.self) { group in
            for _ in 0..<10 { group.addTask { try await source.current() } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(found.map(\.accessKey) == ["k2"] && found.first?.sessionToken == "t")
        #expect(server.requests.count == 3)
        let fresh = try await source.renewed(after: try #require(found.first))
        #expect(fresh?.accessKey == "k5")
        #expect(try await source.renewed(after: try #require(found.first)) == fresh)
        #expect(server.requests.count == 6)
    }

    @Test("a redirect of the metadata is not followed, and no role is no credentials")
    func metadataRedirect() async throws {
        let other = try LoopbackHTTP { _ in LoopbackHTTP.answer(200, "token") }
        let server = try LoopbackHTTP { [endpoint = other.endpoint] _ in
            LoopbackHTTP.answer(307, headers: ["Location: \(endpoint)/"])
        }
        await expectRefusal(
            ["HOME": "/nowhere", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.endpoint], "there are none")
        #expect(other.requests.isEmpty)
        await expectRefusal(
            [
                "HOME": "/nowhere", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.endpoint,
                "AWS_EC2_METADATA_DISABLED": "true",
            ],
            "there are none")
        #expect(server.requests.count == 1)
    }

    @Test("a container's credentials are asked for with its token and renewed before they expire")
    func container() async throws {
        let server = try LoopbackHTTP { request in
            guard request.header("authorization") == "Bearer x", request.target == "/creds" else {
                return LoopbackHTTP.answer(403)
            }
            // The first ones end within the margin, so they are renewed at the next call.
            return LoopbackHTTP.answer(
                200, Self.document("c\(request.number)", expires: request.number == 0 ? 200 : 9_999))
        }
        var environment = quiet
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = server.endpoint + "/creds"
        environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "Bearer x"
        let source = source(environment)
        #expect(try await source.current().accessKey == "c0")
        #expect(try await source.current().accessKey == "c1")
        #expect(try await source.current().accessKey == "c1")
        #expect(server.requests.count == 2)
    }

    @Test(
        "the container's token goes to no other host",
        arguments: [
            "http://example.com/", "http://169.254.170.2.example.com/", "http://127.0.0.1@example.com/",
            "http://localhost.evil/", "file:///etc/passwd", "http://10.0.0.1#@127.0.0.1/", "gopher://127.0.0.1/",
        ])
    func foreignContainer(_ url: String) async throws {
        var environment = quiet
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = url
        await expectRefusal(environment, "leads to none of")
    }

    @Test("a document that is none is no credentials", arguments: ["", "{", "[]", #"{"Code":"Failed"}"#, "<html>"])
    func hostileDocument(_ text: String) async throws {
        let server = try LoopbackHTTP { _ in LoopbackHTTP.answer(200, text) }
        var environment = quiet
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = server.endpoint
        let error = await #expect(throws: StoreError.self) { try await source(environment).current() }
        guard case .unreachable = error else { throw try #require(error) }
    }

    private static func document(_ key: String, expires seconds: Double) -> String {
        let end = Date().addingTimeInterval(seconds).formatted(.iso8601)
        return #"{"Code":"Success","AccessKeyId":"\#(key)","SecretAccessKey":"s","Token":"t","Expiration":"\#(end)"}"#
    }

    private var quiet: [String: String] { ["HOME": "/nowhere", "AWS_EC2_METADATA_DISABLED": "true"] }

    private func source(_ environment: [String: String]) -> CredentialSource {
        .standard(environment: environment, profile: SharedProfile(environment: environment), transport: transport)
    }

    private func expectRefusal(_ environment: [String: String], _ words: String) async {
        let error = await #expect(throws: StoreError.self) { try await source(environment).current() }
        if case .refused(_, let detail) = error {
            #expect(detail.contains(words))
        } else {
            Issue.record("\(String(describing: error)) is no refusal")
        }
    }
}
