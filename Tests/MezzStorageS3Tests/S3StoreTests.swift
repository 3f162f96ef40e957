import Foundation
import MezzCore
import MezzStorage
import MezzStorageS3
import MezzTestKit
import Testing

@Suite(
    "The store on S3", .timeLimit(.minutes(10)),
    .enabled(if: MotoServer.isInstalled, Comment(rawValue: MotoServer.absence)))
struct S3StoreTests {
    @Test("keeps the port's contract", arguments: ObjectStoreConformance.checks)
    func conforms(_ check: ConformanceCheck<StoreBench>) async throws {
        try await TestFolder.with { folder in
            let bed = try await S3Bed(server: MotoServer.shared().endpoint)
            try await check.run(on: StoreBench(store: bed.store(), folder: folder.path))
        }
    }

    @Test("objects lie under their hash, in one piece or in parts, and are listed")
    func layout() async throws {
        try await TestFolder.with { folder in
            let bed = try await S3Bed(server: MotoServer.shared().endpoint)
            let store = bed.store()
            var hashes: Set<ContentHash> = []
            for size in [0, 1, 5 << 20, (5 << 20) + 1, 17_000_000] {
                let data = content(size, seed: UInt64(size))
                let object = try await store.put(fileAt: try folder.write(data, to: "a"), as: ContentHash.of(data))
                #expect(object.bytes == size)
                hashes.insert(object.hash)
                let copy = folder("copy")
                try await store.fetch(object.hash, to: copy)
                #expect(try folder.data("copy") == data)
                #expect(folder.names() == ["copy"])
            }
            #expect(Set(try await store.hashes()) == hashes)
            let keys = try await bed.client.keys(prefix: "")
            #expect(keys.allSatisfy { $0.hasPrefix("some/prefix/objects/") && $0.split(separator: "/").count == 5 })
            #expect(try await bed.openUploads().isEmpty)
        }
    }

    @Test("what is there is not sent again")
    func sendsOnce() async throws {
        try await TestFolder.with { folder in
            let proxy = try FaultyHTTP(before: MotoServer.shared().port)
            let bed = try await S3Bed(server: MotoServer.shared().endpoint, through: proxy.endpoint)
            for size in [1_000, 12_000_000] {
                let data = content(size, seed: 3)
                _ = try await bed.store().put(fileAt: try folder.write(data, to: "a"))
                let before = proxy.lines.count
                _ = try await bed.store().put(fileAt: try folder.write(data, to: "a"))
                #expect(proxy.lines.dropFirst(before).allSatisfy { $0.hasPrefix("HEAD") })
                #expect(proxy.lines.count == before + 1)
            }
        }
    }

    @Test("sixteen puts of the same content at once make one object and no leftovers", arguments: [5_000, 11_000_000])
    func race(_ size: Int) async throws {
        try await TestFolder.with { folder in
            let bed = try await S3Bed(server: MotoServer.shared().endpoint)
            let data = content(size, seed: 4)
            let paths = try (0..<16).map { try folder.write(data, to: "same-\($0)") }
            let objects = try await withThrowingTaskGroup(of: StoredObject.self) { group in
                for path in paths { group.addTask { try await bed.store(lanes: 2).put(fileAt: path) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(objects == [StoredObject(hash: ContentHash.of(data), bytes: size)])
            #expect(try await bed.client.keys(prefix: "").count == 1)
            #expect(try await bed.openUploads().isEmpty)
            try await bed.store().fetch(ContentHash.of(data), to: folder("out"))
            #expect(try folder.data("out") == data)
        }
    }

    @Test("damage is found by fetching, nothing is published, and putting the content again mends it")
    func damage() async throws {
        try await TestFolder.with { folder in
            let bed = try await S3Bed(server: MotoServer.shared().endpoint)
            let data = content(2_000, seed: 5)
            let object = try await bed.store().put(fileAt: try folder.write(data, to: "a"))
            let key = try #require(try await bed.client.keys(prefix: "").first)
            var wrong = data
            wrong[1_000] ^= 1
            try await overwrite(key, with: wrong, bed)
            await #expect(throws: StoreError.damaged(object.hash)) {
                try await bed.store().fetch(object.hash, to: folder("out"))
            }
            #expect(folder.names().isEmpty)
            _ = try await bed.store().put(fileAt: try folder.write(data, to: "a"))
            try await bed.store().fetch(object.hash, to: folder("out"))
            #expect(try folder.data("out") == data)
        }
    }

    @Test("a file that changes while it is sent does not become an object")
    func changing() async throws {
        let bed = try await S3Bed(server: MotoServer.shared().endpoint)
        // It is hashed as zeros and read as nines: this server, unlike Amazon's, does not compare.
        let body = UploadBody(range: 0..<1_000, sha256: Digest.sha256([UInt8](repeating: 0, count: 1_000))) {
            buffer, _ in
            buffer.initializeMemory(as: UInt8.self, repeating: 9)
            return buffer.count
        }
        let upload = try await bed.client.createUpload("b").id
        let whole = await #expect(throws: S3Fault.self) {
            _ = try await bed.client.put("a", body, onlyIfMissing: true)
        }
        let part = await #expect(throws: S3Fault.self) {
            _ = try await bed.client.uploadPart("b", upload: upload, number: 1, body)
        }
        for fault in [whole, part] {
            guard case .store(.refused) = fault else { throw try #require(fault) }
        }
        #expect(try await bed.client.keys(prefix: "").isEmpty)
    }

    @Test("uploads that nobody ends are swept by their age, in this prefix alone")
    func sweep() async throws {
        let bed = try await S3Bed(server: MotoServer.shared().endpoint)
        for key in ["some/prefix/objects/aa/bb", "some/prefix/objects/cc/dd", "other/objects/aa/bb"] {
            _ = try await bed.client.createUpload(key)
        }
        // moto says of all uploads that they were begun in 2010.
        #expect(try await bed.store().sweepAbandonedUploads(olderThan: 3.15e9) == 0)
        #expect(try await bed.store().sweepAbandonedUploads(olderThan: 3_600) == 2)
        #expect(try await bed.openUploads().map(\.key) == ["other/objects/aa/bb"])
    }

    @Test("a presigned address is read without credentials")
    func presigned() async throws {
        try await TestFolder.with { folder in
            let bed = try await S3Bed(server: MotoServer.shared().endpoint)
            let data = content(3_000, seed: 7)
            let object = try await bed.store().put(fileAt: try folder.write(data, to: "a"))
            let url = try await bed.store().presignedURL(of: object.hash, seconds: 60)
            let response = try await HTTPTransport().send(HTTPRequest(url: url)).get()
            #expect(response.status == 200 && Data(response.body) == data)
        }
    }

    private func overwrite(_ key: String, with data: Data, _ bed: S3Bed) async throws {
        let bytes = Array(data)
        _ = try await bed.client.send(
            S3Request("PUT", key: key, body: .bytes(bytes), payloadHash: Digest.hex(Digest.sha256(bytes))))
    }
}
