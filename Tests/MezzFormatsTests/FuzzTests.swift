import MezzFormats
import Testing

@Suite("Readers on spoilt bytes", .timeLimit(.minutes(5)))
struct FuzzTests {
    @Test("They return or throw, whatever the bytes", arguments: [1, 2, 3] as [UInt64])
    func mutations(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let file =
            MP4Builder.movie(version: Int(seed % 2)) + MP4Builder.index([(100, 3003), (200, 3003)])
            + MP4Builder.fragment(time: 0, sizes: [20, 30, 40], shifts: [1, 2, 3])
        for _ in 0..<20_000 {
            var bytes = file
            for _ in 0...Int.random(in: 0...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
                case 2: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...60, using: &random)))
                default:
                    for index in place..<min(place + 8, bytes.count) { bytes[index] = 0xFF }
                }
            }
            _ = try? MP4File.read(bytes)
            _ = try? MP4Dates.ranges(bytes)
            _ = try? SampleSizes.ofVideo(bytes)
            _ = try? TrackSamples.read(bytes, track: 1)
        }
    }
}

/// The same sequence everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
