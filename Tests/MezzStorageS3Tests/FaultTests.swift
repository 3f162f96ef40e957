import Foundation
import MezzCore
import MezzStorage
import MezzStorageS3
import MezzTestKit
import Testing

@Suite(
    "The store on S3 under faults", .serialized, .timeLimit(.minutes(30)),
    .enabled(if: MotoServer.isInstalled, Comment(rawValue: MotoServer.absence)))
struct FaultTests {
    private static let objects = ProcessInfo.processInfo.environment["MEZZ_S3_OBJECTS"].flatMap { Int($0) } ?? 60

    @Test("objects of any size go up and down whole, and no upload stays open")
    func upAndDown() async throws {
        let proxy = try FaultyHTTP(
            before: MotoServer.shared().port, faults: FaultyHTTP.passing, probability: 0.25, seed: 20_261_122)
        let bed = try await S3Bed(server: MotoServer.shared().endpoint, through: proxy.endpoint)
        let store = bed.store(lanes: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<Self.objects {
                if number >= 4 { try await group.next() }
                group.addTask { try await roundTrip(number, store) }
            }
            try await group.waitForAll()
        }
        #expect(Set(proxy.counts.keys) == FaultyHTTP.passing)
        #expect(try await bed.client.keys(prefix: "").count == Self.objects)
        #expect(try await bed.openUploads().isEmpty)
        print("faults: \(proxy.counts.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", "))")
    }

    /// Most are small, some have several parts; sizes repeat from run to run.
    private func roundTrip(_ number: Int, _ store: S3Store) async throws {
        let large = number % 6 == 5
        let size = large ? 5_000_000 + number * 190_003 % 9_000_000 : number * 7_919 % 70_000
        let data = content(size, seed: UInt64(number) + 100)
        try await TestFolder.with { folder in
            let object = try await store.put(fileAt: try folder.write(data, to: "up"))
            #expect(object == StoredObject(hash: ContentHash.of(data), bytes: size))
            try await store.fetch(object.hash, to: folder("down"))
            #expect(try folder.data("down") == data, "object \(number)")
        }
    }

    @Test("a clock that is ten minutes off is found out and made good", arguments: [-600.0, 600.0])
    func skewedClock(_ seconds: Double) async throws {
        try await TestFolder.with { folder in
            let proxy = try FaultyHTTP(before: MotoServer.shared().port, checksClocks: true)
            let bed = try await S3Bed(
                server: MotoServer.shared().endpoint, through: proxy.endpoint,
                now: { Date().addingTimeInterval(seconds) })
            let data = content(6_000_000, seed: 8)
            let object = try await bed.store().put(fileAt: try folder.write(data, to: "a"))
            try await bed.store().fetch(object.hash, to: folder("out"))
            #expect(try folder.data("out") == data)
            #expect(try await bed.store().sweepAbandonedUploads(olderThan: 60) == 0)
        }
    }

    @Test("a server that is not there is unreachable, which is not the same as missing")
    func unreachable() async throws {
        let bed = try await S3Bed(
            server: MotoServer.shared().endpoint, through: "http://127.0.0.1:\(try Loopback.freePort())",
            patience: .milliseconds(700))
        let started = ContinuousClock.now
        let error = await #expect(throws: StoreError.self) { try await bed.store().contains(ContentHash.of(Data())) }
        guard case .unreachable = error else { throw try #require(error) }
        #expect(started.duration(to: .now) < .seconds(10))
    }

    @Test("a server that says nothing is given up")
    func silence() async throws {
        let proxy = try FaultyHTTP(before: MotoServer.shared().port, faults: [.silence], probability: 1)
        let bed = try await S3Bed(
            server: MotoServer.shared().endpoint, through: proxy.endpoint, patience: .seconds(1),
            limits: HTTPLimits(stall: 2))
        let started = ContinuousClock.now
        let error = await #expect(throws: StoreError.self) { try await bed.store().contains(ContentHash.of(Data())) }
        guard case .unreachable = error else { throw try #require(error) }
        #expect(started.duration(to: .now) < .seconds(15))
    }

    @Test("a cancelled upload ends soon and leaves nothing behind", arguments: [0.05, 0.3, 0.8])
    func cancelled(_ seconds: Double) async throws {
        try await TestFolder.with { folder in
            let proxy = try FaultyHTTP(before: MotoServer.shared().port, faults: [.delay], probability: 1)
            let bed = try await S3Bed(server: MotoServer.shared().endpoint, through: proxy.endpoint)
            let path = try folder.write(content(40_000_000, seed: 9), to: "a")
            let task = Task { try await bed.store(lanes: 2).put(fileAt: path) }
            try await Task.sleep(for: .seconds(seconds))
            task.cancel()
            let started = ContinuousClock.now
            await #expect(throws: StoreError.cancelled) { try await task.value }
            #expect(started.duration(to: .now) < .seconds(10))
            #expect(try await bed.openUploads().isEmpty)
            #expect(try await bed.client.keys(prefix: "").isEmpty)
            #expect(folder.names() == ["a"])
        }
    }

    @Test("a cancelled download leaves nothing behind")
    func cancelledDownload() async throws {
        try await TestFolder.with { folder in
            let proxy = try FaultyHTTP(before: MotoServer.shared().port, faults: [.delay], probability: 1)
            let bed = try await S3Bed(server: MotoServer.shared().endpoint, through: proxy.endpoint)
            let object = try await bed.store().put(fileAt: try folder.write(content(40_000_000, seed: 10), to: "a"))
            let task = Task { try await bed.store(lanes: 1).fetch(object.hash, to: folder("out/file")) }
            try await Task.sleep(for: .seconds(0.4))
            task.cancel()
            await #expect(throws: StoreError.cancelled) { try await task.value }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder("out")).isEmpty)
        }
    }
}
