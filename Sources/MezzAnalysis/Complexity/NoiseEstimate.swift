/// The level of grain or noise: J. Immerkær, "Fast Noise Variance Estimation", Computer Vision and Image Understanding
/// 64(2), 1996, on blocks. The mask is the difference of two Laplacians; it does not see constant brightness and
/// slopes, and leaves noise of deviation σ with a mean size of 6σ·√(2/π). Edges and texture pass it too: so the block
/// that a quarter of the picture's blocks stay below speaks for all.
package enum NoiseEstimate {
    static let block = 16
    /// Mean luma of blocks that can show noise in full: away from both ends of the range.
    private static let usable = 24.0...228.0
    /// Fewer blocks say nothing: neither do a few letters on black.
    private static let least = (blocks: 4, share: 0.25)

    /// - Parameter luma: At the size at which the noise is wanted.
    /// - Returns: Standard deviation in code values; `nil` when nearly everything is black or white, or the picture too
    ///   small.
    package static func deviation(_ luma: PlaneView) -> Double? {
        var levels: [Double] = []
        var blocks = 0
        for top in stride(from: 1, to: luma.height - block, by: block) {
            for left in stride(from: 1, to: luma.width - block, by: block) {
                blocks += 1
                let (response, brightness) = sums(luma, left, top)
                let area = Double(block * block)
                guard usable.contains(Double(brightness) / area) else { continue }
                levels.append((Double.pi / 2).squareRoot() / 6 * Double(response) / area)
            }
        }
        guard levels.count >= max(least.blocks, Int(least.share * Double(blocks))) else { return nil }
        levels.sort()
        return levels[levels.count / 4]
    }

    /// Sum of the mask's absolute values and of the samples in one block.
    private static func sums(_ luma: PlaneView, _ left: Int, _ top: Int) -> (Int, Int) {
        // 16 rows of two halves, and the mask reaches 8·255: below 2¹⁶.
        var responses = SIMD8<UInt16>.zero
        var samples = SIMD8<UInt16>.zero
        for y in top..<top + block {
            let (above, here, below) = (luma.row(y - 1), luma.row(y), luma.row(y + 1))
            for x in [left, left + 8] {
                let value = second(above, x) &- (second(here, x) &<< 1) &+ second(below, x)
                let sign = value &>> 15
                responses &+= SIMD8<UInt16>(truncatingIfNeeded: (value ^ sign) &- sign)
                samples &+= SIMD8<UInt16>(truncatingIfNeeded: PlaneView.eight(here, x))
            }
        }
        func total(_ sums: SIMD8<UInt16>) -> Int { Int(SIMD8<UInt32>(truncatingIfNeeded: sums).wrappedSum()) }
        return (total(responses), total(samples))
    }

    /// Second difference along a row.
    @inline(__always)
    private static func second(_ row: UnsafePointer<UInt8>, _ x: Int) -> SIMD8<Int16> {
        PlaneView.eight(row, x - 1) &- (PlaneView.eight(row, x) &<< 1) &+ PlaneView.eight(row, x + 1)
    }
}
