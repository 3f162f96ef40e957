import Foundation
import MezzCore
import MezzIngest
import Testing

@Suite("A map of packets")
struct PacketMapTests {
    static let titles = [
        PacketTitle(name: "intra", frames: 300, group: 1, bytes: 80_000),
        PacketTitle(name: "long groups", frames: 900, group: 250, bytes: 30_000),
        PacketTitle(name: "reordered", frames: 600, group: 48, bytes: 20_000, isReordered: true),
        PacketTitle(name: "late start", frames: 200, group: 24, bytes: 50_000, isReordered: true, start: 3_600),
        PacketTitle(name: "one frame", frames: 1, group: 1, bytes: 10),
        PacketTitle(name: "one key frame", frames: 400, group: 400, bytes: 9_000),
    ]

    @Test("gives all that a decoder of a range needs, and nothing outside of the file", arguments: titles, [0, 2.0])
    func covers(_ title: PacketTitle, lookBack: Double) throws {
        let map = try title.map()
        for range in title.ranges {
            let bytes = map.bytes(for: range, rate: PacketTitle.rate, lookBack: lookBack, size: title.size)
            #expect(isAscendingAndApart(bytes), "\(range)")
            #expect(bytes.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= title.size }, "\(range)")
            for needed in title.needed(range, lookBack: lookBack) {
                #expect(bytes.contains { $0.contains(needed) }, "\(needed) for \(range)")
            }
        }
    }

    @Test("leaves out most of a long file")
    func saves() throws {
        let title = PacketTitle(name: "film", frames: 10_000, group: 48, bytes: 40_000, isReordered: true)
        let map = try title.map()
        for first in [0, 4_000, 9_900] {
            let range = FrameRange(first: first, end: first + 50)
            let bytes = map.bytes(for: range, rate: PacketTitle.rate, lookBack: 2, size: title.size)
            #expect(bytes.reduce(0) { $0 + $1.count } < title.size / 10)
        }
    }

    @Test("always has the first packets: FFmpeg looks at them before it goes anywhere")
    func opening() throws {
        let title = PacketTitle(name: "film", frames: 5_000, group: 48, bytes: 40_000)
        let range = FrameRange(first: 4_000, end: 4_001)
        let bytes = try title.map().bytes(for: range, rate: PacketTitle.rate, lookBack: 0, size: title.size)
        #expect(bytes.first.map { $0.lowerBound == 0 && $0.upperBound >= title.places[3].upperBound } == true)
    }

    @Test("beyond the last frame asks for no more than the end of the file")
    func beyond() throws {
        let title = PacketTitle(name: "intra", frames: 1_000, group: 1, bytes: 80_000)
        let range = FrameRange(first: 1_000_000, end: 1_000_010)
        let bytes = try title.map().bytes(for: range, rate: PacketTitle.rate, lookBack: 2, size: title.size)
        #expect(isAscendingAndApart(bytes))
        #expect(bytes.reduce(0) { $0 + $1.count } < title.size / 10)
    }

    @Test("without packets there is no map")
    func empty() { #expect(PacketMap(packets: [], structure: [0..<1]) == nil) }

    @Test("comes out of its columns as it went in", arguments: titles)
    func codes(_ title: PacketTitle) throws {
        let map = try title.map()
        #expect(try JSONDecoder().decode(PacketMap.self, from: JSONEncoder().encode(map)) == map)
    }

    private static func columns(
        _ positions: String = "[0,9]", _ sizes: String = "[9,9]", _ micros: String = "[0,1]", keys: String = "[0]",
        structure: String = "[]"
    ) -> String {
        #"{"positions":\#(positions),"sizes":\#(sizes),"micros":\#(micros),"keys":\#(keys),"structure":\#(structure)}"#
    }

    static let unsound = [
        columns("[0]"), columns("[0,9,18]"), columns("[0,-1]"), columns("[0,9]", "[9,-9]"), columns("[]", "[]", "[]"),
        columns("[0,9]", "[9,9]", "[0]"), columns("[0,\(Int.max)]", "[9,9]"), columns("[0,9]", "[9,\(Int.max)]"),
        columns("[0,99999999999999999999]"), columns("[0,0.5]"), columns(structure: "[0]"),
        columns(structure: "[5,4]"), columns(structure: "[-5,4]"), columns(structure: "[\(Int.min),\(Int.max)]"),
        columns(keys: "[null]"), columns("null"), "{}", "[]", "",
    ]

    @Test("columns that do not fit are refused", arguments: unsound)
    func refuses(_ text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(PacketMap.self, from: Data(text.utf8)) }
    }

    static let strange = [
        columns(keys: "[-1,7,\(Int.max),0,0]"), columns("[0,\(Int.max - 9)]"), columns("[5000000,9000000]"),
        columns("[0,9]", "[9,\(Int.max - 9)]"), columns("[9,0]", "[0,0]"), columns(keys: "[]"),
        columns("[0,9]", "[9,9]", "[\(Int.min),\(Int.max)]"),
        columns(structure: "[0,\(Int.max)]"), columns(structure: "[5000000,6000000,3,4,0,9,2,5]"),
        columns("[0,9]", "[9,9]", "[9000000000,9000000001]", structure: "[7000000,8000000,3,4,0,9,2,5]"),
    ]

    @Test("columns about another file lead to no byte outside of this one", arguments: strange)
    func clamps(_ text: String) throws {
        let map = try JSONDecoder().decode(PacketMap.self, from: Data(text.utf8))
        for (first, end) in [(0, 1), (0, 1_000_000), (500, 501)] {
            let range = FrameRange(first: first, end: end)
            let bytes = map.bytes(for: range, rate: PacketTitle.rate, lookBack: 2, size: 1_000_000)
            #expect(isAscendingAndApart(bytes))
            #expect(bytes.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= 1_000_000 })
        }
    }

    private func isAscendingAndApart(_ spans: [Range<Int>]) -> Bool {
        zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound } && !spans.contains { $0.isEmpty }
    }
}
