/// Ranges of a file's bytes, put together so that few requests bring them.
package enum ByteRanges {
    /// A gap that is cheaper to read than to ask around: on a line of 100 Mbit/s and 20 ms, a request costs as much
    /// as 250 kB.
    package static let gap = 256 << 10

    /// The ranges in order, those joined that overlap or lie less than `gap` bytes apart; empty ones are left out.
    package static func coalesced(_ ranges: [Range<Int>], gap: Int = gap) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // Without overflow, wherever the caller's ranges lie.
            if let last = result.last,
                range.lowerBound <= last.upperBound || range.lowerBound - last.upperBound < gap
            {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// The range in pieces of at most `size` bytes.
    package static func pieces(of range: Range<Int>, size: Int) -> [Range<Int>] {
        stride(from: range.lowerBound, to: range.upperBound, by: size).map { start in
            start..<(range.upperBound - start > size ? start + size : range.upperBound)
        }
    }
}
