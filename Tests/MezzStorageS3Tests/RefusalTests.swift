import Foundation
import MezzCore
import MezzStorage
import MezzStorageS3
import MezzTestKit
import Testing

@Suite(
    "Refusals of an S3 server", .timeLimit(.minutes(5)),
    .enabled(if: MotoServer.isInstalled, Comment(rawValue: MotoServer.absence)))
struct RefusalTests {
    @Test("a bucket that is not there is refused at once, with a remedy, and is no missing object")
    func noBucket() async throws {
        let address = try S3Address("s3://no-such-bucket-here", endpoint: MotoServer.shared().endpoint)
        let store = S3Store(
            S3Client(address, credentials: CredentialSource([EnvironmentCredentials(S3Bed.environment)])))
        try await expectRefusal("create it") { _ = try await store.contains(ContentHash.of(Data())) }
        try await expectRefusal("create it") {
            try await store.fetch(ContentHash.of(Data()), to: NSTemporaryDirectory() + "never")
        }
    }

    @Test("signatures are those that the server computes; unknown keys and wrong secrets are refused at once")
    func signatures() async throws {
        // Making the user, its key, its policy and the bucket are free; everything after is checked.
        let server = try MotoServer(freeActions: 4)
        let key = try await MotoUser.make(at: server.endpoint)
        let bed = try await S3Bed(server: server.endpoint, environment: key)
        try await TestFolder.with { folder in
            let data = content(6_000_000, seed: 11)
            let object = try await bed.store().put(fileAt: try folder.write(data, to: "a"))
            try await bed.store().fetch(object.hash, to: folder("out"))
            #expect(try folder.data("out") == data)
            var wrong = key
            wrong["AWS_SECRET_ACCESS_KEY"] = "not-the-secret-of-this-key-0123456789abcd"
            try await expectRefusal("AWS_SECRET_ACCESS_KEY") {
                _ = try await store(bed, wrong).contains(object.hash)
            }
            wrong["AWS_ACCESS_KEY_ID"] = "AKIAUNKNOWNUNKNOWN00"
            try await expectRefusal("AWS_ACCESS_KEY_ID") { _ = try await store(bed, wrong).contains(object.hash) }
        }
    }

    private func store(_ bed: S3Bed, _ environment: [String: String]) throws -> S3Store {
        S3Store(S3Client(bed.client.address, credentials: CredentialSource([EnvironmentCredentials(environment)])))
    }

    private func expectRefusal(_ remedy: String, _ body: () async throws -> Void) async throws {
        let started = ContinuousClock.now
        let error = await #expect(throws: StoreError.self) { try await body() }
        guard case .refused(_, let detail) = error else { throw try #require(error) }
        #expect(detail.contains(remedy) && !detail.contains("not-the-secret"))
        // Far from the two minutes that faults are waited out.
        #expect(started.duration(to: .now) < .seconds(30))
    }
}

/// A user of moto's with all permissions, made through its IAM calls.
enum MotoUser {
    static func make(at endpoint: String) async throws -> [String: String] {
        try await call(endpoint, "Action=CreateUser&UserName=mezz")
        let answer = try await call(endpoint, "Action=CreateAccessKey&UserName=mezz")
        let policy = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
        try await call(
            endpoint,
            "Action=PutUserPolicy&UserName=mezz&PolicyName=all&PolicyDocument=\(URIEncoding.encoded(policy))")
        let key = try XMLElement(answer).children.first { $0.name == "CreateAccessKeyResult" }?.children.first
        return ["AWS_ACCESS_KEY_ID": key?["AccessKeyId"] ?? "", "AWS_SECRET_ACCESS_KEY": key?["SecretAccessKey"] ?? ""]
    }

    @discardableResult
    private static func call(_ endpoint: String, _ form: String) async throws -> [UInt8] {
        let scope = "AKIAMAKER/20261122/us-east-1/iam/aws4_request"
        let headers = [
            "content-type": "application/x-www-form-urlencoded",
            "authorization": "AWS4-HMAC-SHA256 Credential=\(scope), SignedHeaders=host, Signature=none",
        ]
        let request = HTTPRequest(
            method: "POST", url: endpoint + "/", headers: headers,
            body: .bytes(Array((form + "&Version=2010-05-08").utf8)))
        let response = try await HTTPTransport().send(request).get()
        guard response.status == 200 else { throw Refused(text: String(decoding: response.body, as: UTF8.self)) }
        return response.body
    }

    struct Refused: Error {
        let text: String
    }
}
