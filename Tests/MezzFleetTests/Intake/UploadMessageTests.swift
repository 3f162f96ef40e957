import Foundation
import MezzFleet
import Testing

@Suite("What a bucket tells of an upload")
struct UploadMessageTests {
    static func notification(_ key: String, event: String = "ObjectCreated:Put", bucket: String = "masters") -> String {
        #"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"\#(event)","s3":{"#
            + #""s3SchemaVersion":"1.0","bucket":{"name":"\#(bucket)","arn":"arn:aws:s3:::\#(bucket)"},"#
            + #""object":{"key":"\#(key)","size":1024,"eTag":"d41d","versionId":"v1","sequencer":"0A1B"}}}]}"#
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func topic(_ message: String) -> String {
        #"{"Type":"Notification","TopicArn":"arn:aws:sns:x","Subject":"Amazon S3 Notification","Message":\#(quoted(message))}"#
    }

    private func uploads(_ text: String) throws(UploadEventError) -> [UploadEvent] {
        try UploadMessage.uploads(in: Data(text.utf8))
    }

    @Test("a notification names bucket, object, size and version")
    func direct() throws {
        let upload = try #require(try uploads(Self.notification("a/b.mov")).first)
        #expect(upload == (try UploadEvent(bucket: "masters", key: "a/b.mov", size: 1024, version: "v1")))
    }

    @Test("the same comes wrapped by a topic, and once more wrapped")
    func wrapped() throws {
        let direct = Self.notification("a/b.mov")
        let expected = try uploads(direct)
        #expect(try uploads(Self.topic(direct)) == expected)
        #expect(try uploads(Self.topic(Self.topic(direct))) == expected)
    }

    @Test("an event of the bus has its name as it is, plus signs and percent signs too")
    func bus() throws {
        let text = """
            {"version":"0","detail-type":"Object Created","source":"aws.s3","detail":{"version":"0",
            "bucket":{"name":"masters"},"object":{"key":"100%+1 ü.mov","size":5,"etag":"x","version-id":"v9"},
            "reason":"PutObject"}}
            """
        let expected = [try UploadEvent(bucket: "masters", key: "100%+1 ü.mov", size: 5, version: "v9")]
        #expect(try uploads(text) == expected)
        #expect(try uploads(Self.topic(text.replacing("\n", with: ""))) == expected)
        #expect(try uploads(text.replacing("Object Created", with: "Object Deleted")).isEmpty)
    }

    @Test(
        "names in notifications are decoded",
        arguments: [
            ("a+b.mov", "a b.mov"), ("a%2Bb.mov", "a+b.mov"), ("%C3%BCber/%E6%98%A0.mov", "über/映.mov"),
            ("%2e%2E/x", "../x"), ("a%20%25.mov", "a %.mov"), ("line%0Aend", "line\nend"),
        ])
    func decoded(written: String, key: String) throws {
        #expect(try uploads(Self.notification(written)).map(\.key) == [key])
    }

    @Test(
        "names that cannot be are refused",
        arguments: ["", "%", "%4", "%zz", "%C3", "%00", "a%FFb", "%+1", String(repeating: "x", count: 1025)])
    func impossibleNames(_ written: String) {
        #expect(throws: UploadEventError.self) { try uploads(Self.notification(written)) }
    }

    @Test("buckets that cannot be are refused", arguments: ["", "a", "..\\/x", "a b", "ü-bucket", "a/b/c"])
    func impossibleBuckets(_ name: String) {
        #expect(throws: UploadEventError.self) { try uploads(Self.notification("x", bucket: name)) }
    }

    @Test(
        "tests, deletions, restores and marks of folders are no uploads",
        arguments: [
            #"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z","Bucket":"masters"}"#,
            notification("x", event: "ObjectRemoved:Delete"), notification("x", event: "ObjectRestore:Completed"),
            notification("folder/"), #"{"Records":[]}"#,
        ])
    func noUploads(_ text: String) throws {
        #expect(try uploads(text).isEmpty)
    }

    @Test(
        "all ways of making an object count",
        arguments: [
            "ObjectCreated:Put", "ObjectCreated:Post", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload",
            "s3:ObjectCreated:Put",
        ])
    func kindsOfCreation(_ event: String) throws {
        #expect(try uploads(Self.notification("x", event: event)).count == 1)
    }

    @Test(
        "everything else is refused by name",
        arguments: [
            "", "null", "[]", "{}", "7", "\"x\"", "not json", #"{"Records":{}}"#, #"{"Records":[{}]}"#,
            #"{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":7},"object":{"key":"x"}}}]}"#,
            #"{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"abc"}}}]}"#,
            #"{"Message":"hello"}"#, #"{"source":"aws.s3","detail-type":"Object Created"}"#,
            #"{"source":"elsewhere","detail-type":"Object Created","detail":{"bucket":{"name":"abc"},"object":{"key":"x"}}}"#,
            notification("x").replacing("1024", with: "-1"), notification("x").replacing("1024", with: "1e99"),
        ])
    func refused(_ text: String) {
        #expect(throws: UploadEventError.self) { try uploads(text) }
    }

    @Test("wrappings have an end")
    func deepWrapping() {
        var text = Self.notification("x")
        for _ in 0..<3 { text = Self.topic(text) }
        #expect(throws: UploadEventError.unknownForm) { try uploads(text) }
    }

    @Test("deep nesting and great length are refused without harm")
    func hostile() {
        let deep = String(repeating: "[", count: 400_000)
        #expect(throws: UploadEventError.unknownForm) { try uploads(deep) }
        let objects = String(repeating: #"{"detail":"#, count: 100_000)
        #expect(throws: UploadEventError.unknownForm) { try uploads(objects) }
        let long = Data(repeating: UInt8(ascii: " "), count: UploadMessage.largest + 1)
        #expect(throws: UploadEventError.tooLarge(bytes: long.count)) { try UploadMessage.uploads(in: long) }
    }

    @Test("bytes changed at random never trap")
    func mutated() {
        var random = SystemRandomNumberGenerator()
        let whole = Data(Self.topic(Self.notification("a%20b.mov")).utf8)
        for _ in 0..<2000 {
            var data = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                data[Int.random(in: 0..<data.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            if let found = try? UploadMessage.uploads(in: data.prefix(Int.random(in: 0...data.count, using: &random))) {
                #expect(found.allSatisfy { (1...1024).contains($0.key.utf8.count) })
            }
        }
    }
}
