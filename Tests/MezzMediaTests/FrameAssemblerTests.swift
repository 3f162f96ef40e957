import MezzMedia
import Testing

@Suite("Cutting a byte stream into frames")
struct FrameAssemblerTests {
    @Test("any split of the bytes gives the same frames", arguments: 0..<40 as Range<UInt64>)
    func splits(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let size = Int.random(in: 1...50, using: &random)
        let bytes = (0..<Int.random(in: 0...600, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        var assembler = FrameAssembler(frameBytes: size)
        var frames: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Int.random(in: 0...size * 3, using: &random)))
            rest = rest.dropFirst(piece.count)
            piece.withUnsafeBytes {
                assembler.append($0) { number, frame in
                    #expect(number == frames.count)
                    frames.append(Array(frame))
                }
            }
        }
        let whole = bytes.count / size
        #expect(frames == (0..<whole).map { Array(bytes[$0 * size..<($0 + 1) * size]) })
        #expect(assembler.frames == whole)
        #expect(assembler.pendingBytes == bytes.count - whole * size)
    }

    @Test("an error of the receiver reaches the caller")
    func throwing() {
        struct Stop: Error {}
        var assembler = FrameAssembler(frameBytes: 4)
        #expect(throws: Stop.self) {
            try [UInt8](repeating: 0, count: 9).withUnsafeBytes { try assembler.append($0) { _, _ in throw Stop() } }
        }
    }
}

/// A small seeded generator, so that a failure repeats.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }
}
