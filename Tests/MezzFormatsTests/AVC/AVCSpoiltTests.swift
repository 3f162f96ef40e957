import Foundation
import MezzFormats
import MezzTestKit
import Testing

@Suite("AVC readers on spoilt bytes", .serialized, .timeLimit(.minutes(3)))
struct AVCSpoiltTests {
    @Test("headers cut off at any byte are refused, or read as before")
    func truncation() async throws {
        for name in ["buffer model", "wide chroma", "weights", "colours"] {
            let bytes = try await AVCUnits.stream(name)
            var (sequences, pictures): ([Int: AVCSequenceParameters], [Int: AVCPictureParameters]) = ([:], [:])
            for unit in try OracleStream.units(bytes) {
                let payload = unit.dropFirst()
                let lengths = 0..<min(unit.count, 120)
                switch try AVCUnitHeader.read(bytes, unit).type {
                case .sequenceParameters:
                    let set = try AVCSequenceParameters.read(bytes, payload)
                    sequences[set.id] = set
                    for length in lengths {
                        let cut = try? AVCSequenceParameters.read(bytes, payload.prefix(length))
                        #expect(cut == nil || cut == set)
                    }
                case .pictureParameters:
                    let set = try AVCPictureParameters.read(bytes, payload, sequences: sequences)
                    pictures[set.id] = set
                    for length in lengths where length < payload.count {
                        let cut = try? AVCPictureParameters.read(bytes, payload.prefix(length), sequences: sequences)
                        // Without its optional end it may look whole (7.3.2.2).
                        let lacksEnd = cut?.id == set.id && cut?.uses8x8Transform == false
                        #expect(cut == nil || cut == set || lacksEnd)
                    }
                case .slice, .idrSlice:
                    let slice = try AVCSliceHeader.read(bytes, unit, sequences: sequences, pictures: pictures)
                    for length in lengths {
                        let cut = try? AVCSliceHeader.read(
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
        for name in ["buffer model", "wide chroma", "weights", "colours"] {
            let heads = try AVCUnits.heads(try await AVCUnits.stream(name))
            for _ in 0..<1700 { random.feed(heads, to: try AVCStreamReader()) }
        }
    }
}

/// Generated streams for tests that spoil them.
enum AVCUnits {
    static func stream(_ name: String) async throws -> [UInt8] {
        let stream = try #require(AVCStreams.all.first { $0.name == name })
        return try await TestFolder.with { folder in
            let path = try await stream.make(try MediaMaker(in: folder), container: "264")
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// The start of each unit of the first few pictures.
    static func heads(_ bytes: [UInt8]) throws -> [[UInt8]] {
        try OracleStream.units(bytes).prefix(12).map { Array(bytes[$0.prefix(160)]) }
    }
}
