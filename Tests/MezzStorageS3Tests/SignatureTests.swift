import Foundation
import MezzStorageS3
import Testing

/// The values that Amazon publishes: the "AWS Signature Version 4 Test Suite" (service `service`), and "Signature
/// Calculations for the Authorization Header" and "Authenticating Requests: Using Query Parameters" of the Amazon S3
/// API Reference (service `s3`).
@Suite("Signatures")
struct SignatureTests {
    private let suite = SignatureV4(
        S3Credentials(accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1", service: "service")
    private let documented = SignatureV4(
        S3Credentials(accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1")
    private let suiteTime = SigningTime(Date(timeIntervalSince1970: 1_440_938_160))
    private let documentedTime = SigningTime(Date(timeIntervalSince1970: 1_369_353_600))

    @Test(
        "of the test suite",
        arguments: [
            ("get-vanilla", "/", [], "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            (
                "get-vanilla-query-order-key-case", "/",
                [QueryItem("Param2", "value2"), QueryItem("Param1", "value1")],
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
            ),
            ("get-utf8", "/\u{1234}", [], "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        ])
    func published(name: String, path: String, query: [QueryItem], signature: String) {
        let request = SignedRequest(
            method: "GET", path: URIEncoding.path(path), query: query,
            headers: ["host": "example.amazonaws.com", "x-amz-date": suiteTime.stamp])
        #expect(
            suite.authorization(for: request, at: suiteTime)
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, Signature=\(signature)")
    }

    @Test("the suite's canonical request, line by line")
    func canonical() {
        let request = SignedRequest(
            method: "GET", path: "/", headers: ["x-amz-date": suiteTime.stamp, "host": "  a   b "])
        #expect(
            request.canonical == """
                GET
                /

                host:a b
                x-amz-date:20150830T123600Z

                host;x-amz-date
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """)
    }

    @Test("of a ranged GET in the documentation")
    func rangedGet() {
        expect(
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", "GET", "/test.txt",
            headers: ["range": "bytes=0-9"])
    }

    @Test("of a PUT with a body in the documentation")
    func put() {
        expect(
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd", "PUT", "/test$file.text",
            headers: ["date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"],
            body: "Welcome to Amazon S3.")
    }

    @Test("of queries in the documentation")
    func queries() {
        expect(
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543", "GET", "/",
            query: [QueryItem("lifecycle")])
        expect(
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", "GET", "/",
            query: [QueryItem("prefix", "J"), QueryItem("max-keys", "2")])
    }

    @Test("in a query, as in the documentation")
    func presigned() {
        let query = documented.presignedQuery(
            path: "/test.txt", host: "examplebucket.s3.amazonaws.com", at: documentedTime, seconds: 86_400)
        #expect(
            query
                == "X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
    }

    @Test("a session's token is signed with the query, and a week is the longest")
    func presignedWithToken() {
        let session = SignatureV4(
            S3Credentials(accessKey: "A", secretKey: "B", sessionToken: "t/=+"), region: "eu-north-1")
        let query = session.presignedQuery(path: "/k", host: "h", at: documentedTime, seconds: .max)
        #expect(query.contains("&X-Amz-Security-Token=t%2F%3D%2B"))
        #expect(query.contains("&X-Amz-Expires=604800&"))
    }

    @Test("times are of UTC, leap days and early years too")
    func times() {
        #expect(SigningTime(Date(timeIntervalSince1970: 1_709_164_799.9)).stamp == "20240228T235959Z")
        #expect(SigningTime(Date(timeIntervalSince1970: 1_709_164_800)).stamp == "20240229T000000Z")
        #expect(SigningTime(Date(timeIntervalSince1970: -1)).stamp == "19691231T235959Z")
    }

    @Test("credentials show no secret")
    func redaction() {
        let credentials = S3Credentials(accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "secret", sessionToken: "token")
        for text in ["\(credentials)", String(reflecting: credentials)] {
            #expect(!text.contains("secret") && !text.contains("token") && !text.contains("EXAMPLE"))
        }
    }

    private func expect(
        _ signature: String, _ method: String, _ path: String, query: [QueryItem] = [],
        headers: [String: String] = [:], body: String = ""
    ) {
        let hash = Digest.hex(Digest.sha256(Array(body.utf8)))
        let own = [
            "host": "examplebucket.s3.amazonaws.com", "x-amz-date": documentedTime.stamp, "x-amz-content-sha256": hash,
        ]
        let request = SignedRequest(
            method: method, path: URIEncoding.path(path), query: query, headers: own.merging(headers) { $1 },
            payloadHash: hash)
        #expect(
            documented.authorization(for: request, at: documentedTime).hasSuffix("Signature=\(signature)"), "\(path)")
    }
}
