/// Horizontal filtering of one row's lines and the local variances.
///
/// Sixteen columns at a time come out as the even ones, then the odd ones: sums over the row do not care.
struct VIFHorizontal {
    typealias Block = TapSums.Block

    /// Sums of lower halves are rounded to their upper 16 bits.
    private static let lowStart: UInt32 = TapLanes.biasStart + 32_768
    /// Variance (Q16, of 8-bit samples) below which a sample carries no information: the noise's.
    static let noise: UInt32 = 131_072

    let filter: VIFFilter
    /// Columns to compute.
    let width: Int
    /// First of those columns in the row's first line, and bytes from a line to the next.
    let lines: UnsafeMutableRawPointer
    let lineBytes: Int
    /// Room for a row each.
    let sums: (means: Block, low: Block)

    /// Means (Q24) and variances (Q16) of the reference; variances below the noise's become 0.
    func referenceVariance(means: Block, variances: Block) {
        sum(line: 0, to: means, start: TapLanes.biasStart)
        variance(line: 1, means, means, to: variances)
        for index in 0..<vectors {
            let variance = variances[index]
            let below = unsafeBitCast(variance &- SIMD8(repeating: Self.noise), to: SIMD8<Int32>.self) &>> 31
            variances[index] = variance & ~unsafeBitCast(below, to: SIMD8<UInt32>.self)
        }
        TapSums.clearTail(variances, width: width)
    }

    /// Variances of the distorted picture, at least 0, and covariances.
    func distortedVariance(referenceMeans: Block, variances: Block, covariances: Block) {
        sum(line: 0, to: sums.means, start: TapLanes.biasStart)
        variance(line: 1, sums.means, sums.means, to: variances)
        variance(line: 3, sums.means, referenceMeans, to: covariances)
        for index in 0..<vectors { variances[index] &= TapLanes.positive(variances[index]) }
        TapSums.clearTail(variances, width: width)
    }

    private var vectors: Int { (width &+ 15) &>> 4 &* 2 }

    /// Mean of products, joined from halves, less the product of means.
    private func variance(line: Int, _ means: Block, _ others: Block, to variances: Block) {
        sum(line: line, to: variances, start: TapLanes.biasStart)
        sum(line: line + 1, to: sums.low, start: Self.lowStart)
        for index in 0..<vectors {
            let product = variances[index] &+ (sums.low[index] &>> 16)
            variances[index] = product &- TapLanes.roundedHighProduct(means[index], others[index])
        }
    }

    private func sum(line: Int, to sums: Block, start: UInt32) {
        let from = UnsafeRawPointer(lines + line &* lineBytes) - 2 &* filter.radius
        TapSums.columns(from, filter.columns, blocks: vectors / 2, start: start, to: sums)
    }

    /// Even columns of the first line with the next scale's filter, `width / 2` rounded up to whole vectors.
    func decimate(to output: UnsafeMutableRawPointer) {
        let taps = filter.nextColumns.vectors
        let step = filter.nextColumns.columnStep
        let from = UnsafeRawPointer(lines) - 2 &* filter.nextRadius
        for block in 0..<(width &>> 1 &+ 7) &>> 3 {
            let sum = TapLanes.columnSum(from + 32 &* block, taps, nine: false, step: step, start: Self.lowStart)
            var samples = SIMD8<UInt16>()
            for lane in 0..<8 { samples[lane] = UInt16(truncatingIfNeeded: sum[lane] &>> 16) }
            (output + 16 &* block).storeBytes(of: samples, as: SIMD8<UInt16>.self)
        }
    }
}
