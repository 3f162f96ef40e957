/// How much of one picture can be put together from moved blocks of another.
enum BlockSearch {
    /// Differences this small (code values a sample) are noise.
    private static let floor = 1

    /// 0: all of `new` is found in `old`; towards 1: nothing of it is. What block search leaves, over that plus the
    /// picture's own detail: what cannot be found costs as much as painting it anew.
    /// - Parameter step: Samples between the places tried; with more than 1 the result is a bound from above.
    static func unexplained(
        _ new: SearchPlane, from old: SearchPlane, in area: PictureArea = .whole, step: Int = 1
    ) -> Float {
        var rest = 0
        var detail = 0
        let best = residuals(new, from: old, step: step)
        for row in area.rows {
            for column in area.columns {
                rest += Int(best[row][column])
                detail += Int(new.detail[row][column])
            }
        }
        let noise = area.rows.count * area.columns.count * 64 * floor
        return Float(rest) / Float(rest + detail + noise)
    }

    /// For every block the smallest sum of absolute differences within reach; one vector a row of blocks.
    private static func residuals(_ new: SearchPlane, from old: SearchPlane, step: Int) -> [SIMD16<Int16>] {
        let rows = SearchPlane.blockRows
        return [SIMD16<Int16>](unsafeUninitializedCapacity: rows) { best, count in
            // The largest sum is 64 · 255.
            best.initialize(repeating: SIMD16(repeating: 64 * 255))
            count = rows
            new.samples.withUnsafeBytes { new in
                old.samples.withUnsafeBytes { old in
                    guard let new = new.baseAddress, let old = old.baseAddress, let best = best.baseAddress else {
                        return
                    }
                    search(new, old, best, step)
                }
            }
        }
    }

    @inline(__always)
    private static func search(
        _ new: UnsafeRawPointer, _ old: UnsafeRawPointer, _ best: UnsafeMutablePointer<SIMD16<Int16>>, _ step: Int
    ) {
        var dy = -SearchPlane.reachY / step * step
        while dy <= SearchPlane.reachY {
            var dx = -SearchPlane.reachX / step * step
            while dx <= SearchPlane.reachX {
                compare(new, old, dx, dy, best)
                dx += step
            }
            dy += step
        }
    }

    /// Lowers `best` to the differences at one displacement.
    @inline(__always)
    private static func compare(
        _ new: UnsafeRawPointer, _ old: UnsafeRawPointer, _ dx: Int, _ dy: Int,
        _ best: UnsafeMutablePointer<SIMD16<Int16>>
    ) {
        let stride = SearchPlane.rowBytes
        let first = SearchPlane.reachY * stride + 2 * SearchPlane.margin
        let n0 = new + first
        let n1 = n0 + SearchPlane.phaseBytes
        let n2 = n1 + SearchPlane.phaseBytes
        let n3 = n2 + SearchPlane.phaseBytes
        let base = old + (first + dy * stride)
        @inline(__always) func phase(_ p: Int) -> UnsafeRawPointer {
            base + (((p + dx) & 3) * SearchPlane.phaseBytes + 2 * ((p + dx) >> 2))
        }
        let (o0, o1, o2, o3) = (phase(0), phase(1), phase(2), phase(3))
        var above = SIMD16<Int16>.zero
        var offset = 0
        for row in 0..<SearchPlane.height / 4 {
            var sum = SIMD16<Int16>.zero
            for _ in 0..<4 {
                sum &+= difference(n0, o0, offset)
                sum &+= difference(n1, o1, offset)
                sum &+= difference(n2, o2, offset)
                sum &+= difference(n3, o3, offset)
                offset &+= stride
            }
            let pair = sum &+ shifted(sum)
            if row > 0 { best[row - 1] = lower(best[row - 1], pair &+ above) }
            above = pair
        }
    }

    /// Every lane's right neighbour; the last lane has none.
    @inline(__always)
    private static func shifted(_ cells: SIMD16<Int16>) -> SIMD16<Int16> {
        SIMD16(
            cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8], cells[9], cells[10],
            cells[11], cells[12], cells[13], cells[14], cells[15], 0)
    }

    // The library's minimum and maximum of vectors are not inlined.
    @inline(__always)
    private static func lower(_ a: SIMD16<Int16>, _ b: SIMD16<Int16>) -> SIMD16<Int16> {
        let isLower = (b &- a) &>> 15
        return (b & isLower) | (a & ~isLower)
    }

    /// |a − b| of sixteen samples.
    @inline(__always)
    private static func difference(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ offset: Int) -> SIMD16<Int16> {
        let difference =
            a.loadUnaligned(fromByteOffset: offset, as: SIMD16<Int16>.self)
            &- b.loadUnaligned(fromByteOffset: offset, as: SIMD16<Int16>.self)
        let sign = difference &>> 15
        return (difference ^ sign) &- sign
    }
}
