/// Mean of the largest contrasts of a scale (step 7 of CAMBI), summed exactly.
struct CAMBIPool {
    /// Share of the samples that counts.
    private static let share = 0.6
    /// Contrasts are at least ½.
    private static let smallest = Float(0.5).bitPattern
    private static let lowBits: UInt32 = 14

    /// Contrasts above 0; all others are 0.
    let parts: [UnsafeBufferPointer<Float>]
    /// Of all parts, in units of 2⁻²⁴.
    let sum: UInt128

    func mean(samples: Int) -> Double {
        let counted = max(1, Int(Self.share * Double(samples)))
        let present = parts.reduce(0) { $0 + $1.count }
        let total = present <= counted ? sum : largest(counted)
        return Double(total) / 16_777_216 / Double(counted)
    }

    /// Sum of that many largest. The bits of floats above 0 sort as the floats do: the smallest float that counts is
    /// found by its upper bits first, then by its lower.
    private func largest(_ count: Int) -> UInt128 {
        let upper = (Float(1 << 17).bitPattern - Self.smallest) >> Self.lowBits + 1
        let (bucket, above) = cut(after: count, buckets: Int(upper)) { Int($0 >> Self.lowBits) }
        let mask = UInt32(1 << Self.lowBits) - 1
        let (low, aboveLow) = cut(after: count - above, buckets: Int(mask) + 1) {
            $0 >> Self.lowBits == bucket ? Int($0 & mask) : nil
        }
        let key = UInt32(bucket) << Self.lowBits + UInt32(low)
        let equals = UInt128(count - above - aboveLow)
        return sum(above: key) + equals * UInt128(Float(bitPattern: key + Self.smallest) * 16_777_216)
    }

    /// Finds the bucket that holds the number at a rank from the top.
    /// - Returns: The bucket, and how many numbers lie in those above it.
    @inline(__always)
    private func cut(after count: Int, buckets: Int, _ bucket: (UInt32) -> Int?) -> (bucket: Int, above: Int) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: buckets) { counts in
            counts.initialize(repeating: 0)
            for part in parts {
                for value in part {
                    if let at = bucket(value.bitPattern &- Self.smallest) { counts[at] &+= 1 }
                }
            }
            var above = 0
            for at in stride(from: buckets - 1, to: 0, by: -1) {
                if above + counts[at] >= count { return (at, above) }
                above += counts[at]
            }
            return (0, above)
        }
    }

    private func sum(above key: UInt32) -> UInt128 {
        parts.reduce(0) { total, part in
            var sum: UInt128 = 0
            for value in part where value.bitPattern &- Self.smallest > key {
                sum &+= UInt128(UInt64(value * 16_777_216))
            }
            return total + sum
        }
    }
}
