import MezzFormats
import MezzTestKit

/// Changes bytes at random, the same way everywhere.
struct SpoiltBytes: RandomNumberGenerator {
    private var dice: SeededDice

    init(seed: UInt64) { dice = SeededDice(seed: seed) }

    mutating func next() -> UInt64 { dice.next() }

    /// `bytes` with one to four places spoilt, or cut off.
    mutating func spoil(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...3, using: &self) {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0...4, using: &self) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &self)
            case 2: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...30, using: &self)))
            case 3: for index in place..<min(place + 8, bytes.count) { bytes[index] = 0xFF }
            default: for index in place..<min(place + 8, bytes.count) { bytes[index] = 0 }
            }
        }
        return bytes
    }
}

extension SpoiltBytes {
    /// Feeds a reader units of which about half are spoilt, then the whole stream, spoilt, in both framings. All it may do
    /// is read or refuse.
    mutating func feed(_ heads: [[UInt8]], to reader: some NALStreamReader) {
        var reader = reader
        for head in heads {
            let unit = Bool.random(using: &self) ? spoil(head) : head
            _ = try? reader.append(unit, 0..<unit.count)
        }
        _ = reader.finish()
        let whole = spoil(BitWriter.stream(heads))
        _ = try? reader.read(whole, .startCodes)
        _ = try? reader.read(whole, .lengths(4))
    }
}
