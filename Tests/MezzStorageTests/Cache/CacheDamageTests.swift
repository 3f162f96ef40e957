import Foundation
import MezzCore
import MezzStorage
import MezzTestKit
import Testing

@Suite("A copy in a cache", .timeLimit(.minutes(1)))
struct CacheDamageTests {
    @Test("that is spoilt is not handed out by fetching, and fetched anew", arguments: [5, 100])
    func spoilt(_ bytes: Int) async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let (hash, cache) = (try await rig.object("a"), try await rig.cache())
            _ = try await cache.localPath(of: hash)
            try rig.spoil(hash, with: Data(repeating: 0, count: bytes))
            try await cache.fetch(hash, to: folder("out"))
            #expect(try folder.data("out") == rig.content("a"))
            let path = try #require(try await cache.localPath(of: hash))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == rig.content("a"))
        }
    }

    @Test("that was cut off does not hide the bytes that the store has")
    func cutOff() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let (hash, cache) = (try await rig.object("a"), try await rig.cache())
            _ = try await cache.localPath(of: hash)
            try rig.spoil(hash, with: rig.content("a").prefix(10))
            try await cache.fetch(hash, ranges: [50..<60], into: folder("part"))
            #expect(try folder.data("part")[50..<60] == rig.content("a")[50..<60])
        }
    }

    @Test("that was found spoilt no longer counts towards the limit")
    func spoiltIsForgotten() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let (large, small, next) = (
                try await rig.object("large", bytes: 60), try await rig.object("small", bytes: 30),
                try await rig.object("next", bytes: 30)
            )
            let cache = try await rig.cache(limit: 100)
            for hash in [small, large] { _ = try await cache.localPath(of: hash) }
            try rig.spoil(large, with: Data(count: 60))
            try await cache.fetch(large, to: folder("out"))
            _ = try await cache.localPath(of: next)
            #expect(cache.holdsCopy(of: small) && cache.holdsCopy(of: next))
        }
    }

    @Test("serves ranges without asking the store; without a copy only the ranges are fetched")
    func ranges() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let (hash, cache) = (try await rig.object("a"), try await rig.cache())
            try await cache.fetch(hash, ranges: [10..<20], into: folder("first"))
            #expect(rig.far.traffic == FarStore.Traffic(whole: 0, ranges: 1))
            #expect(!cache.holdsCopy(of: hash))
            _ = try await cache.localPath(of: hash)
            try await cache.fetch(hash, ranges: [0..<5, 90..<100], into: folder("second"))
            #expect(rig.far.traffic == FarStore.Traffic(whole: 1, ranges: 1))
            #expect(try folder.data("first")[10..<20] == rig.content("a")[10..<20])
            #expect(try folder.data("second")[90..<100] == rig.content("a")[90..<100])
            for _ in 0..<2 {
                await #expect(throws: StoreError.beyondEnd(hash)) {
                    try await cache.fetch(hash, ranges: [90..<101], into: folder("third"))
                }
                try FileManager.default.removeItem(atPath: folder("cache"))
            }
        }
    }
}
