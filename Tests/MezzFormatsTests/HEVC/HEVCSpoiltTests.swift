import Foundation
import MezzFormats
import MezzTestKit
import Testing

@Suite("HEVC readers on spoilt bytes", .serialized, .timeLimit(.minutes(3)))
struct HEVCSpoiltTests {
    @Test("headers cut off at any byte are refused, or read as before")
    func truncation() async throws {
        for name in ["HDR10", "sub-layers", "wide chroma", "fields"] {
            let bytes = try await HEVCUnits.stream(name)
            var (sequences, pictures): ([Int: HEVCSequenceParameters], [Int: HEVCPictureParameters]) = ([:], [:])
            for unit in try OracleStream.units(bytes) {
                let payload = unit.dropFirst(2)
                let lengths = 0..<min(unit.count, 120)
                switch try HEVCUnitHeader.read(bytes, unit).type {
                case .videoParameters:
                    let set = try HEVCVideoParameters.read(bytes, payload)
                    for length in lengths {
                        let cut = try? HEVCVideoParameters.read(bytes, payload.prefix(length))
                        #expect(cut == nil || cut == set)
                    }
                case .sequenceParameters:
                    let set = try HEVCSequenceParameters.read(bytes, payload)
                    sequences[set.id] = set
                    for length in lengths {
                        let cut = try? HEVCSequenceParameters.read(bytes, payload.prefix(length))
                        #expect(cut == nil || cut == set)
                    }
                case .pictureParameters:
                    let set = try HEVCPictureParameters.read(bytes, payload)
                    pictures[set.id] = set
                    for length in lengths {
                        let cut = try? HEVCPictureParameters.read(bytes, payload.prefix(length))
                        #expect(cut == nil || cut == set)
                    }
                case let type where type.isSlice:
                    let slice = try HEVCSliceHeader.read(bytes, unit, sequences: sequences, pictures: pictures)
                    for length in lengths {
                        let cut = try? HEVCSliceHeader.read(
                            bytes, unit.prefix(length), sequences: sequences, pictures: pictures)
                        #expect(cut == nil || cut == slice)
                    }
                default: break
                }
            }
        }
    }

    @Test("streams with spoilt bytes are read or refused", arguments: [1, 2, 3] as [UInt64])
    func mutations(_ seed: UInt64) async throws {
        var random = SpoiltBytes(seed: seed)
        for name in ["HDR10", "sub-layers", "wide chroma", "fields"] {
            let heads = try HEVCUnits.heads(try await HEVCUnits.stream(name))
            for _ in 0..<1000 { random.feed(heads, to: try HEVCStreamReader()) }
        }
    }
}

/// Generated streams for tests that spoil them.
enum HEVCUnits {
    static func stream(_ name: String) async throws -> [UInt8] {
        let stream = try #require(HEVCStreams.all.first { $0.name == name })
        return try await TestFolder.with { folder in
            let path = try await stream.make(try MediaMaker(in: folder), container: "hevc")
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// The start of each unit of the first few pictures.
    static func heads(_ bytes: [UInt8]) throws -> [[UInt8]] {
        try OracleStream.units(bytes).prefix(12).map { Array(bytes[$0.prefix(160)]) }
    }
}
