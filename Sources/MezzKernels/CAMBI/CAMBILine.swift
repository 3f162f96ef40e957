/// One row of `CAMBIWindow`, all in plain pointers.
struct CAMBILine {
    typealias Counts = SIMD16<UInt16>

    let bins: UnsafePointer<UInt16>
    let width: Int
    let place: Int
    let columns: UnsafePointer<UInt16>
    /// Numbers from a group of bins to the next.
    let pitch: Int
    /// Columns of the window.
    let reach: Int
    let windows: UnsafeMutablePointer<Counts>
    let places: UnsafeMutablePointer<Int>
    let first: Int
    let span: UInt
    let weights: UnsafePointer<SIMD4<Float>>
    let reciprocals: UnsafePointer<Float>

    /// Columns counted before their contrasts are computed: what lies between stays in the nearest cache.
    private static let chunk = 256

    func score(to out: UnsafeMutablePointer<Float>) -> (count: Int, sum: UInt64) {
        withUnsafeTemporaryAllocation(byteCount: 32 + 16 * (Self.chunk + 1), alignment: 32) { memory in
            guard let buffer = memory.baseAddress else { return (0, 0) }
            var count = 0
            var sum: UInt64 = 0
            for from in stride(from: 0, to: width, by: Self.chunk) {
                let found = collect(from..<min(width, from + Self.chunk), buffer)
                for entry in 0..<found {
                    let contrast = contrast(buffer + 32 + 16 &* entry)
                    out[count] = contrast
                    count &+= contrast > 0 ? 1 : 0
                    sum &+= UInt64(bitPattern: Int64(contrast * 16_777_216))
                }
            }
            return (count, sum)
        }
    }

    /// Lists the samples with neighbours in their window: the larger of the counts 1…4 steps away on both sides, the
    /// own count and the bin.
    private func collect(_ range: Range<Int>, _ buffer: UnsafeMutableRawPointer) -> Int {
        var entry = buffer + 32
        var group = 0
        var counts = windows[0]
        var made = places[0]
        for at in range {
            let bin = Int(bins[at])
            if UInt(bitPattern: bin &- first) > span { continue }
            let wanted = (bin &- 4) >> 3
            if wanted != group {
                windows[group] = counts
                places[group] = made
                group = wanted
                counts = windows[group]
                made = places[group]
            }
            let left = columns + (group &* pitch &+ at &* 8)
            counts = moved(counts, behind: place &+ at &- made, left)
            made = place &+ at
            buffer.storeBytes(of: counts, as: Counts.self)
            let near = buffer + ((bin &- 4) & 7) &* 2
            let others = Self.larger(near)
            entry.storeBytes(of: others, as: UInt64.self)
            let own = UInt32(near.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
            entry.storeBytes(of: own | UInt32(truncatingIfNeeded: bin) << 16, toByteOffset: 8, as: UInt32.self)
            entry += others == 0 ? 0 : 16
        }
        windows[group] = counts
        places[group] = made
        return (entry - buffer - 32) >> 4
    }

    /// The window's counts at a column, from those some columns before it.
    @inline(__always)
    private func moved(_ counts: Counts, behind: Int, _ left: UnsafePointer<UInt16>) -> Counts {
        var counts = counts
        if behind == 1 { return counts &+ (pair(left + reach &* 8) &- pair(left)) }
        if behind &* 2 > reach {
            counts = .zero
            for column in 1...reach { counts &+= pair(left + column &* 8) }
            return counts
        }
        for step in 0..<behind {
            let from = left - step &* 8
            counts &+= pair(from + reach &* 8) &- pair(from)
        }
        return counts
    }

    /// Two neighbouring groups of a column.
    @inline(__always)
    private func pair(_ column: UnsafePointer<UInt16>) -> Counts {
        let low = UnsafeRawPointer(column).load(as: SIMD8<UInt16>.self)
        let high = UnsafeRawPointer(column + pitch).load(as: SIMD8<UInt16>.self)
        return Counts(lowHalf: low, highHalf: high)
    }

    /// - Parameter counts: From luma − 4 to luma + 4.
    @inline(__always)
    private static func larger(_ counts: UnsafeMutableRawPointer) -> UInt64 {
        // Swapping all bytes turns the order round; the bytes of each count are swapped back.
        let swapped = counts.loadUnaligned(as: UInt64.self).byteSwapped
        let bytes = unsafeBitCast(swapped, to: SIMD4<UInt16>.self)
        let below = (bytes &<< 8) | (bytes &>> 8)
        let above = counts.loadUnaligned(fromByteOffset: 10, as: SIMD4<UInt16>.self)
        return unsafeBitCast(pointwiseMax(below, above), to: UInt64.self)
    }

    @inline(__always)
    private func contrast(_ entry: UnsafeMutableRawPointer) -> Float {
        let others = entry.load(as: UInt64.self)
        let own = entry.load(fromByteOffset: 8, as: UInt16.self)
        let bin = Int(entry.load(fromByteOffset: 10, as: UInt16.self))
        // Weight times count is exact, so there is one rounding, as of the integer product.
        let four = SIMD4<Int32>(truncatingIfNeeded: unsafeBitCast(others, to: SIMD4<UInt16>.self))
        let product = (weights[bin] * Float(own)) * SIMD4<Float>(four)
        let from = reciprocals + Int(own)
        let inverse = SIMD4<Float>(
            from[Int(others & 0xFFFF)], from[Int((others >> 16) & 0xFFFF)], from[Int((others >> 32) & 0xFFFF)],
            from[Int(others >> 48)])
        let candidates = product * inverse
        let even = candidates[0] > candidates[2] ? candidates[0] : candidates[2]
        let odd = candidates[1] > candidates[3] ? candidates[1] : candidates[3]
        return even > odd ? even : odd
    }
}
