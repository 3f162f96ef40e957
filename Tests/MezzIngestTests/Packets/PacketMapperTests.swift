import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit
import Testing

/// What is made of ffprobe's lines, whatever they say.
@Suite("Reading where packets lie", .timeLimit(.minutes(2)))
struct PacketMapperTests {
    /// The map that comes from lines "stream_index,pts_time,size,pos,flags".
    private func read(_ lines: [String], bytes: Int = 100_000) async throws -> PacketMap? {
        let video = try await FakeProbe().inspect().video
        return try await TestFolder.with { folder in
            try folder.write(Data(lines.map { $0 + "\n" }.joined().utf8), to: "lines")
            let probe = try folder.write(Data("#!/bin/sh\ncat '\(folder("lines"))'\n".utf8), to: "ffprobe")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: probe)
            let tool = FoundTool(tool: .ffprobe, path: probe, version: "0", features: [])
            let runner = ToolRunner(tools: ToolSet([tool]))
            return try await PacketMapper(runner: runner).map(folder("film"), video: video, bytes: bytes)
        }
    }

    @Test("packets of the picture are kept; what lies between packets of any stream is structure")
    func reads() async throws {
        let lines = [
            "0,1.000000,1000,5000,K__", "1,1.000000,400,6000,K__", "0,1.080000,3000,6400,___",
            "0,1.040000,2000,15000,__C",
        ]
        let map = try #require(try await read(lines, bytes: 20_000))
        #expect(
            map.packets == [
                .init(bytes: 5_000..<6_000, seconds: 1, isKey: true),
                .init(bytes: 6_400..<9_400, seconds: 1.08, isKey: false),
                .init(bytes: 15_000..<17_000, seconds: 1.04, isKey: false),
            ])
        #expect(map.structure == [0..<5_000, 9_400..<15_000, 17_000..<20_000])
    }

    static let hostile = [
        "0,N/A,10,500,K__", "0,,10,500,K__", "0,nan,10,500,K__", "0,1e300,10,500,K__", "0,1,-1,500,K__",
        "0,1,10,-1,K__", "0,1,N/A,500,K__", "0,1,10,N/A,K__", "1,1,10,N/A,K__", "0,1,10,99991,K__",
        "0,1,\(Int.max),500,K__", "0,1,10,\(Int.max),K__", "0,1,99999999999999999999,500,K__", "0,1,10,,K__",
        "1,1,10,\(Int.min),K__",
    ]

    @Test("one packet that is nowhere, or has no time, makes a map worthless", arguments: hostile)
    func worthless(_ line: String) async throws {
        #expect(try await read(["0,0,10,0,K__"]) != nil)
        #expect(try await read(["0,0,10,0,K__", line]) == nil)
    }

    static let noise = [
        "", ",", ",,,,", "garbage", "0,1", "0,1,10,500", "x,1,10,500,K__", "99999999999999999999,1,10,500,K__",
        String(repeating: "9", count: 100_000), "side_data,\u{1F4A5},,",
    ]

    @Test("lines that are no packets leave the bytes they may be about in the map", arguments: noise)
    func notPackets(_ line: String) async throws {
        let map = try #require(try await read(["0,0,10,0,K__", line, "0,1,10,90000,___"]))
        #expect(map.packets.count == 2)
        #expect(map.structure == [10..<90_000, 90_010..<100_000])
    }

    @Test("without packets of the picture there is no map", arguments: [[], ["1,0,10,0,K__"], ["garbage"]])
    func noPackets(_ lines: [String]) async throws { #expect(try await read(lines) == nil) }

    @Test("packets that lie over each other, or in no order, are what they are")
    func overlapping() async throws {
        let map = try #require(
            try await read(["0,0,50000,50000,K__", "0,1,100000,0,___", "0,2,10,3,___", "0,3,0,100000,___"]))
        #expect(map.packets.count == 4)
        #expect(map.structure.isEmpty)
    }

    @Test("a container in too many pieces is read as a whole")
    func pieces() async throws {
        func lines(_ count: Int) -> [String] { (0..<count).map { "0,\($0),100,\($0 * 3_000),K__" } }
        #expect(try await read(lines(4_090), bytes: 4_090 * 3_000)?.packets.count == 4_090)
        #expect(try await read(lines(5_000), bytes: 5_000 * 3_000) == nil)
    }
}
