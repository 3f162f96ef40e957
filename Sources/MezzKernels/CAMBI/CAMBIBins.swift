import Foundation
import MezzPixels

/// Which 10-bit lumas are counted and scored, and how much their contrasts weigh (step 6 of CAMBI).
///
/// A counted luma v has bin v + 8; all other samples share one bin that is never read.
struct CAMBIBins {
    /// Largest luma whose contrast to luma + 1, + 2, + 3, + 4 is visible: more than 0.019 of its luminance (BT.1886).
    static let visibleUpTo = [178, 305, 432, 559]
    /// Lumas above are never read.
    static let largestCounted: UInt16 = 563
    static let offset: UInt16 = 8
    /// Groups of 8 bins, that of the unread bin included.
    static let groups = 73
    private static let unread: UInt16 = 576

    /// Bins with any weight.
    let scored: ClosedRange<Int>
    /// For each bin the weights of contrasts 1…4, 0 where one does not count.
    let weights: [SIMD4<Float>]

    init(visibleLuminance: Double) {
        let darkest = Self.firstVisibleLuma(visibleLuminance)
        weights = (0..<Self.groups * 8).map { bin in
            let luma = bin - Int(Self.offset)
            var weight = SIMD4<Float>(repeating: 0)
            for step in 1...4 where (0...Self.visibleUpTo[step - 1]).contains(luma) {
                if luma + CAMBIGeometry.reach + step > darkest { weight[step - 1] = Float(step) }
            }
            return weight
        }
        let first = weights.firstIndex { $0 != .zero } ?? 0
        scored = first...(weights.lastIndex { $0 != .zero } ?? first)
    }

    /// Bins of samples that carry their mark in the top bit.
    @inline(__always)
    static func bins(_ samples: SIMD16<UInt16>) -> SIMD16<UInt16> {
        let marked = samples ^ 0x8000
        // Top bit: the luma is counted, and it carries its mark.
        let counted = (marked &- SIMD16(repeating: largestCounted + 1)) & samples
        let keep = SIMD16<UInt16>(repeating: 0) &- (counted &>> 15)
        let unread = SIMD16(repeating: unread)
        return unread ^ ((unread ^ (marked &+ SIMD16(repeating: offset))) & keep)
    }

    /// Smallest 10-bit limited-range luma of at least that luminance on a BT.1886 display of 300 and 0.01 cd/m²;
    /// 0 if that is black.
    static func firstVisibleLuma(_ luminance: Double) -> Int {
        let white = pow(300, 1 / 2.4)
        let black = pow(0.01, 1 / 2.4)
        let scale = pow(white - black, 2.4)
        let first = (64...940).first { luma in
            scale * pow(Double(luma - 64) / 876 + black / (white - black), 2.4) >= luminance
        }
        return first == 64 ? 0 : first ?? 940
    }

    /// 1/n for counts up to a whole window: the f32 nearest to nine significant decimal digits of it, as libvmaf's
    /// table has it.
    static func reciprocals(window: Int) -> [Float] {
        [0] + (1...window * window).map { Float(String(format: "%.8e", 1 / Double($0))) ?? 0 }
    }
}
