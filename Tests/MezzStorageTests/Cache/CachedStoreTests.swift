import Foundation
import MezzCore
import MezzStorage
import MezzTestKit
import Testing

@Suite("A cached store", .timeLimit(.minutes(1)))
struct CachedStoreTests {
    @Test(
        "keeps the port's contract, whether its copies stay or not", arguments: ObjectStoreConformance.checks,
        [0, 1 << 30])
    func conforms(_ check: ConformanceCheck<StoreBench>, limit: Int) async throws {
        try await TestFolder.with { folder in
            let cache = try await CacheRig(folder).cache(limit: limit)
            try FileManager.default.createDirectory(atPath: folder("bench"), withIntermediateDirectories: true)
            try await check.run(on: StoreBench(store: cache, folder: folder("bench")))
        }
    }

    @Test("fetches an object once, and gives out a read-only copy with its content")
    func fetchesOnce() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let (hash, cache) = (try await rig.object("a"), try await rig.cache())
            #expect(!cache.holdsCopy(of: hash))
            let path = try #require(try await cache.localPath(of: hash))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == rig.content("a"))
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o444)
            try await cache.fetch(hash, to: folder("out"))
            #expect(try folder.data("out") == rig.content("a"))
            #expect(try await cache.localPath(of: hash) == path)
            #expect(cache.holdsCopy(of: hash))
            #expect(rig.far.traffic == FarStore.Traffic(whole: 1))
        }
    }

    @Test("twenty who want the same object at once cause one fetch")
    func sharedFetch() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder, delay: .milliseconds(100))
            let (hash, cache) = (try await rig.object("a", bytes: 3_000_000), try await rig.cache(limit: 1 << 30))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        if number % 2 == 0 {
                            _ = try #require(try await cache.localPath(of: hash))
                        } else {
                            try await cache.fetch(hash, to: folder("out-\(number)"))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(rig.far.traffic == FarStore.Traffic(whole: 1))
            #expect(try folder.data("out-19") == rig.content("a", 3_000_000))
        }
    }

    @Test("a fetch that failed is tried again by the next who asks")
    func failedFetch() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let cache = try await rig.cache()
            let hash = ContentHash.of(rig.content("a"))
            await #expect(throws: StoreError.missing(hash)) { try await cache.fetch(hash, to: folder("out")) }
            _ = try await rig.object("a")
            try await cache.fetch(hash, to: folder("out"))
            #expect(try folder.data("out") == rig.content("a"))
        }
    }

    @Test("whose folder was deleted goes on as if it were new")
    func deletedFolder() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let (hash, cache) = (try await rig.object("a"), try await rig.cache())
            _ = try await cache.localPath(of: hash)
            try FileManager.default.removeItem(atPath: folder("cache"))
            #expect(!cache.holdsCopy(of: hash))
            let path = try #require(try await cache.localPath(of: hash))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == rig.content("a"))
            try FileManager.default.removeItem(atPath: folder("cache"))
            try await cache.fetch(hash, to: folder("out"))
            try FileManager.default.removeItem(atPath: folder("cache"))
            try await cache.fetch(hash, ranges: [1..<3], into: folder("part"))
            try FileManager.default.removeItem(atPath: folder("cache"))
            #expect(try await cache.put(fileAt: rig.file("b")).bytes == 100)
            try FileManager.default.removeItem(atPath: folder("cache"))
            try await cache.remove(hash)
        }
    }

    @Test("a file that is moved in leaves a copy, one that is copied in does not")
    func puts() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let cache = try await rig.cache()
            let moved = try await cache.put(fileAt: rig.file("moved"), as: nil, by: .moving)
            #expect(!FileManager.default.fileExists(atPath: folder("moved")))
            #expect(cache.holdsCopy(of: moved.hash))
            try await cache.fetch(moved.hash, to: folder("out"))
            #expect(rig.far.traffic == FarStore.Traffic())
            let copied = try await cache.put(fileAt: rig.file("copied"), as: nil, by: .copying)
            #expect(FileManager.default.fileExists(atPath: folder("copied")))
            #expect(!cache.holdsCopy(of: copied.hash))
            for object in [moved, copied] { #expect(try await rig.far.contains(object.hash)) }
        }
    }

    @Test("a new process finds the copies of the last, and sweeps what was arriving")
    func restart() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let hash = try await rig.object("a")
            _ = try await rig.cache().localPath(of: hash)
            try FileManager.default.createDirectory(atPath: folder("cache/arriving"), withIntermediateDirectories: true)
            for name in [hash.hex, ".mezz-fetch-dead.partial"] {
                try folder.write(Data("x".utf8), to: "cache/arriving/\(name)")
            }
            let second = try await rig.cache()
            #expect(folder.names(in: "cache/arriving").isEmpty)
            #expect(second.holdsCopy(of: hash))
            _ = try await second.localPath(of: hash)
            #expect(rig.far.traffic == FarStore.Traffic(whole: 1))
        }
    }

    @Test("removing removes the copy as well")
    func removes() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let cache = try await rig.cache()
            let object = try await cache.put(fileAt: rig.file("a"))
            try await cache.remove(object.hash)
            #expect(!cache.holdsCopy(of: object.hash))
            #expect(try await !cache.contains(object.hash))
            await #expect(throws: StoreError.missing(object.hash)) {
                try await cache.fetch(object.hash, to: folder("out"))
            }
        }
    }
}
