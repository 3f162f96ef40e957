import Foundation
import MezzCore
import MezzStorageS3
import Testing

@Suite("Addresses of stores on S3")
struct AddressTests {
    @Test("Amazon's own servers are reached by the bucket's host, others by path")
    func styles() throws {
        let amazon = try S3Address("s3://films/a/b/", environment: ["AWS_REGION": "eu-west-1"])
        #expect(amazon.host == "films.s3.eu-west-1.amazonaws.com" && amazon.endpoint.scheme == "https")
        #expect(
            amazon.prefix == "a/b/" && amazon.path(of: "a/b/ü x") == "/a/b/%C3%BC%20x" && amazon.path(of: nil) == "/")
        let dotted = try S3Address("s3://my.films")
        #expect(dotted.host == "s3.us-east-1.amazonaws.com" && dotted.path(of: "k") == "/my.films/k")
        #expect(dotted.prefix.isEmpty && dotted.path(of: nil) == "/my.films")
        let own = try S3Address("s3://films", endpoint: "http://Store.example:9000/")
        #expect(own.host == "store.example:9000" && own.isPathStyle)
        #expect(try S3Address("s3://films", endpoint: "https://h:443").host == "h")
        #expect(try S3Address("s3://films", endpoint: "http://[::1]:9000").host == "[::1]:9000")
        #expect(try S3Address("s3://films", region: "cn-north-1").host == "films.s3.cn-north-1.amazonaws.com.cn")
        #expect(try S3Address("s3://films", endpoint: "https://h", isPathStyle: false).host == "films.h")
    }

    @Test("arguments come before the environment, and that before the profile")
    func order() throws {
        var environment = ["AWS_DEFAULT_REGION": "r2", "AWS_ENDPOINT_URL": "http://e2"]
        #expect(try S3Address("s3://films", environment: environment).region == "r2")
        #expect(try S3Address("s3://films", environment: environment).host == "e2")
        environment["AWS_REGION"] = "r1"
        environment["AWS_ENDPOINT_URL_S3"] = "http://e1"
        #expect(try S3Address("s3://films", environment: environment).region == "r1")
        #expect(try S3Address("s3://films", environment: environment).host == "e1")
        let named = try S3Address("s3://films", endpoint: "http://e0", region: "r0", environment: environment)
        #expect(named.region == "r0" && named.host == "e0")
    }

    @Test(
        "hostile addresses are refused with a remedy",
        arguments: [
            "", "s3:", "s3://", "s3:///key", "s3://ab", "s3://Films", "s3://a_b_c", "s3://-films", "s3://films-",
            "s3://fi..lms", "s3://10.0.0.1", "s3://user:pw@films", "s3://films:80/x", "s3://films?x", "s3://films#x",
            "s3://films//", "s3://films///", "s3://films//a", "s3://films/a//b", "s3://films/../b", "s3://films/a/..",
            "s3://films/./b",
            "s3://films/a\nb", "s3://films/a\r\nHost: x", "s3://films/a\u{0}", "s3://films/\u{9b}31m", "http://films/a",
            "file:///etc/passwd", "s3://" + String(repeating: "a", count: 64),
            "s3://films/" + String(repeating: "a", count: 901),
        ])
    func hostileAddress(_ text: String) {
        let failure = #expect(throws: Failure.self) { try S3Address(text) }
        #expect(failure?.status == .usage && failure?.remedy.contains("write") == true)
        #expect(failure?.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x9B } == true)
    }

    @Test(
        "hostile endpoints are refused, and their passwords are not repeated",
        arguments: [
            "ftp://host", "host:9000", "http://", "https:///x", "http://host/path", "http://host?x=1", "http://a b",
            "http://user:hunter2@host", "http://host:0", "http://host:65536", "http://host:x", "http://host\r\nX: y",
            "file:///etc/passwd", "http://[::1", "http://" + String(repeating: "a", count: 300), "http://ho_st",
        ])
    func hostileEndpoint(_ text: String) {
        let failure = #expect(throws: Failure.self) { try S3Address("s3://films", endpoint: text) }
        #expect(failure?.status == .usage && failure?.description.contains("hunter2") == false)
    }

    @Test(
        "hostile regions are refused",
        arguments: ["us east", "../x", "US-EAST-1", "a\n", String(repeating: "a", count: 41)])
    func hostileRegion(_ text: String) {
        let failure = #expect(throws: Failure.self) { try S3Address("s3://films", region: text) }
        #expect(failure?.status == .usage)
    }

    @Test("parts are whole MiB and never more than 10,000")
    func partSizes() {
        let settings = S3Settings()
        #expect(settings.partSize(for: 0) == 16 << 20)
        #expect(settings.partSize(for: 10_000 * (16 << 20)) == 16 << 20)
        #expect(settings.partSize(for: 10_000 * (16 << 20) + 1) == 17 << 20)
        let largest = 5 << 40
        let part = settings.partSize(for: largest)
        #expect((largest + part - 1) / part <= 10_000 && part % (1 << 20) == 0 && part <= 5 << 30)
        #expect(S3Settings(partSize: 1, lanes: 0).partSize(for: 1) == 5 << 20)
    }
}
