import Foundation

/// Base-2 logarithms of integers from 2¹⁷ on, in 1/2048, by their 16 leading bits.
///
/// For x with 16 leading bits n and k bits below them libvmaf takes L(x) = T(n) + 2048·k, T(n) = round(log2f(n)·2048).
/// The upper bits of x as a binary64 number, `key` = exponent and 15 bits of mantissa, give both k and n.
///
/// T grows by 1 every 11 to 22 numbers, so eight neighbours have at most two values: their first one and the place of the
/// step fit one number, and the whole table stays in the first-level cache.
final class VIFLogTable: @unchecked Sendable {
    // Unchecked: its memory is written in the initialiser only.

    /// For the numbers 32768 + 8·i + j, j = 0…7: (entry i + j) >> 3 is T − 30720.
    private let entries: UnsafeMutablePointer<UInt16>

    init() {
        entries = .allocate(capacity: 4_096)
        for index in 0..<4_096 {
            let values = (0..<8).map { Self.rounded(32_768 + 8 * index + $0) - 30_720 }
            let steps = values.filter { $0 > values[0] }.count
            (entries + index).initialize(to: UInt16(8 * values[0] + steps))
        }
    }

    deinit { entries.deallocate() }

    static func rounded(_ number: Int) -> Int {
        Int((Double(Float(log2(Double(number)))) * 2_048).rounded(.toNearestOrAwayFromZero))
    }

    /// Sum of T − 30720 of `count` keys, less than 2²¹ of them.
    func sum(_ keys: UnsafePointer<UInt32>, count: Int) -> Int {
        let entries = UnsafePointer(entries)
        var sum: UInt32 = 0
        for index in 0..<count {
            let key = keys[index]
            sum &+= (UInt32(entries[Int((key &>> 3) & 0xFFF)]) &+ (key & 7)) &>> 3
        }
        return Int(sum)
    }
}
