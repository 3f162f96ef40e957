import Foundation
import MezzFormats
import MezzPackaging
import Testing

@Suite("Readers on spoilt files", .serialized, .timeLimit(.minutes(3)))
struct FormatsFuzzTests {
    @Test("Whatever happens to a real package's bytes, the readers return or throw", arguments: [1, 2])
    func mutations(_ seed: UInt64) async throws {
        let package = try await TestPackage.make(seed % 2 == 0 ? .onDemand : .segmented)
        var random = SeededGenerator(seed: seed)
        for file in package.listing.files {
            let original = try FileBytes.contents(of: package.folder + "/" + file, limit: 1 << 24)
            // The headers are what the readers look at; of the media data a part is enough.
            let part = Array(original.prefix(6000))
            for _ in 0..<400 {
                let bytes = Mutation.apply(to: Bool.random(using: &random) ? part : original, &random)
                _ = try? MP4File.read(bytes)
                _ = try? MP4Dates.ranges(bytes)
                guard !file.hasSuffix(".mp4"), !file.hasSuffix(".m4s") else { continue }
                _ = try? MediaPresentation.read(bytes)
                _ = try? MasterPlaylist.read(bytes)
                _ = try? MediaPlaylist.read(bytes)
            }
        }
    }
}

/// Spoils bytes in the ways that readers trip over.
private enum Mutation {
    static func apply(to original: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0...Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...6, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.replaceSubrange(place..<min(place + 4, bytes.count), with: [0xFF, 0xFF, 0xFF, 0xFF])
            case 3: bytes.replaceSubrange(place..<min(place + 4, bytes.count), with: [0, 0, 0, 0])
            case 4: bytes.removeSubrange(place..<min(place + Int.random(in: 1...40, using: &random), bytes.count))
            case 5: bytes.removeLast(bytes.count - place)
            default:
                let piece = bytes[place..<min(place + 200, bytes.count)]
                bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &random))
            }
        }
        return bytes
    }
}

/// SplitMix64: the same sequence everywhere.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
