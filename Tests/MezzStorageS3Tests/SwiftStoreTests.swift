import Foundation
import MezzCore
import MezzStorage
import MezzStorageS3
import MezzTestKit
import Testing

@Suite(
    "The store on OpenStack Swift", .timeLimit(.minutes(10)),
    .enabled(if: SwiftServer.isInstalled, Comment(rawValue: SwiftServer.absence)))
struct SwiftStoreTests {
    @Test("keeps the port's contract", arguments: ObjectStoreConformance.checks)
    func conforms(_ check: ConformanceCheck<StoreBench>) async throws {
        try await TestFolder.with { folder in
            try await check.run(on: StoreBench(store: try await bed().store(), folder: folder.path))
        }
    }

    @Test("parts are put together, listed and swept, though the server knows neither conditions nor checksums")
    func parts() async throws {
        try await TestFolder.with { folder in
            let bed = try await bed()
            let data = content(12_000_000, seed: 21)
            let paths = try (0..<3).map { try folder.write(data, to: "same-\($0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for path in paths { group.addTask { _ = try await bed.store().put(fileAt: path) } }
                try await group.waitForAll()
            }
            try await bed.store().fetch(ContentHash.of(data), to: folder("out"))
            #expect(try folder.data("out") == data)
            #expect(try await bed.store().hashes() == [ContentHash.of(data)])
            #expect(try await bed.openUploads().isEmpty)
            _ = try await bed.client.createUpload("some/prefix/objects/aa/bb")
            #expect(try await bed.store().sweepAbandonedUploads(olderThan: 3_600) == 0)
            #expect(try await bed.store().sweepAbandonedUploads(olderThan: -60) == 1)
            #expect(try await bed.openUploads().isEmpty)
        }
    }

    @Test("a wrong secret is refused at once")
    func wrongSecret() async throws {
        let bed = try await bed()
        var wrong = SwiftServer.environment
        wrong["AWS_SECRET_ACCESS_KEY"] = "another"
        let client = S3Client(bed.client.address, credentials: CredentialSource([EnvironmentCredentials(wrong)]))
        let error = await #expect(throws: StoreError.self) {
            try await S3Store(client).contains(ContentHash.of(Data()))
        }
        guard case .refused(_, let detail) = error else { throw try #require(error) }
        #expect(detail.contains("AWS_SECRET_ACCESS_KEY"))
    }

    @Test("a file that changes while it is sent is refused by the server")
    func changing() async throws {
        let bed = try await bed()
        let body = UploadBody(range: 0..<1_000, sha256: Digest.sha256([UInt8](repeating: 0, count: 1_000))) {
            buffer, _ in
            buffer.initializeMemory(as: UInt8.self, repeating: 9)
            return buffer.count
        }
        let fault = await #expect(throws: S3Fault.self) { _ = try await bed.client.put("a", body, onlyIfMissing: true) }
        guard case .answer(let answer) = fault else { throw try #require(fault) }
        #expect(answer.code == "BadDigest" || answer.code == "XAmzContentSHA256Mismatch")
        #expect(try await bed.client.keys(prefix: "").isEmpty)
    }

    private func bed() async throws -> S3Bed {
        try await S3Bed(server: SwiftServer.shared().endpoint, environment: SwiftServer.environment)
    }
}
