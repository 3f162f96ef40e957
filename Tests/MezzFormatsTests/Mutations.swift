/// Spoils bytes the same way everywhere.
struct Mutations {
    private var random: SplitMix

    init(seed: UInt64) {
        random = SplitMix(state: seed)
    }

    /// One to four changes at `places`, and now and then an early end.
    mutating func spoil(_ bytes: [UInt8], at places: [Int]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...3, using: &random) {
            guard let place = places.randomElement(using: &random), place < bytes.count else { continue }
            switch Int.random(in: 0...7, using: &random) {
            case 0...3: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 4...5: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 6: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
            default: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...60, using: &random)))
            }
        }
        return bytes
    }
}
