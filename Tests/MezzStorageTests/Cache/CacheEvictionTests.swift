import Foundation
import MezzCore
import MezzStorage
import MezzTestKit
import Testing

@Suite("A cache's limit", .timeLimit(.minutes(1)))
struct CacheEvictionTests {
    @Test("lets go of what was used least recently, down to nine tenths")
    func leastRecent() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let cache = try await rig.cache(limit: 1_000)
            var hashes: [ContentHash] = []
            for number in 0..<10 {
                hashes.append(try await rig.object("\(number)"))
                _ = try await cache.localPath(of: hashes[number])
            }
            #expect(hashes.allSatisfy { cache.holdsCopy(of: $0) })
            // Used again, by each way of use.
            _ = try await cache.localPath(of: hashes[0])
            try await cache.fetch(hashes[1], to: folder("out"))
            _ = try await cache.localPath(of: rig.object("one more"))
            #expect(hashes.indices.filter { !cache.holdsCopy(of: hashes[$0]) } == [2, 3])
        }
    }

    @Test("a range that was read counts as a use")
    func rangeIsUse() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let cache = try await rig.cache(limit: 200)
            let (a, b) = (try await rig.object("a"), try await rig.object("b"))
            for hash in [a, b] { _ = try await cache.localPath(of: hash) }
            try await cache.fetch(a, ranges: [0..<10], into: folder("part"))
            _ = try await cache.localPath(of: rig.object("c", bytes: 50))
            #expect(cache.holdsCopy(of: a) && !cache.holdsCopy(of: b))
        }
    }

    @Test("never lets go of the newcomer, though it is larger than the limit")
    func newcomer() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let cache = try await rig.cache(limit: 250)
            let (old, large) = (try await rig.object("old"), try await rig.object("large", bytes: 900))
            for hash in [old, large] { _ = try #require(try await cache.localPath(of: hash)) }
            #expect(cache.holdsCopy(of: large) && !cache.holdsCopy(of: old))
            let moved = try await cache.put(fileAt: rig.file("moved", bytes: 300))
            #expect(cache.holdsCopy(of: moved.hash) && !cache.holdsCopy(of: large))
        }
    }

    @Test("a copy that somebody has linked survives under that name")
    func linked() async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let cache = try await rig.cache(limit: 100)
            let (a, b) = (try await rig.object("a"), try await rig.object("b"))
            let path = try #require(try await cache.localPath(of: a))
            try FileManager.default.linkItem(atPath: path, toPath: folder("mine"))
            _ = try await cache.localPath(of: b)
            #expect(!cache.holdsCopy(of: a))
            #expect(try folder.data("mine") == rig.content("a"))
        }
    }

    @Test("holds over any course of fetches, puts and removals", arguments: 1...5)
    func anyCourse(_ seed: Int) async throws {
        try await TestFolder.with { folder in
            let rig = try CacheRig(folder)
            let cache = try await rig.cache(limit: 2_000)
            var number = seed
            func next(_ limit: Int) -> Int {
                number = (number &* 6_364_136_223_846_793_005) &+ 1_442_695_040_888_963_407
                return Int(UInt(bitPattern: number) >> 33) % limit
            }
            var hashes: [ContentHash] = []
            for turn in 0..<150 {
                if hashes.count < 5 || next(4) == 0 {
                    let file = try rig.file("\(turn)", bytes: 20 + next(500))
                    let intake: Intake = next(2) == 0 ? .moving : .copying
                    hashes.append(try await cache.put(fileAt: file, as: nil, by: intake).hash)
                } else if next(8) == 0 {
                    try await cache.remove(hashes.remove(at: next(hashes.count)))
                } else {
                    let hash = hashes[next(hashes.count)]
                    _ = try #require(try await cache.localPath(of: hash))
                    #expect(cache.holdsCopy(of: hash))
                }
                #expect(try Self.bytes(in: folder) <= 2_000)
            }
        }
    }

    private static func bytes(in folder: TestFolder) throws -> Int {
        try folder.files(under: "cache/objects").reduce(0) { sum, name in
            try sum + folder.data("cache/objects/" + name).count
        }
    }
}
