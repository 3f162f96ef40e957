package import Foundation

extension Data {
    /// Overwrites four bytes at an offset from the start.
    package mutating func put(_ value: UInt32, at offset: Int, bigEndian: Bool) {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * (bigEndian ? 3 - $0 : $0))) }
        replaceSubrange(startIndex + offset..<startIndex + offset + 4, with: bytes)
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
package struct SeededDice: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number from 0 up to, but not including, `limit`.
    package mutating func below(_ limit: Int) -> Int { Int(next() >> 1) % limit }

    package mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }
}
