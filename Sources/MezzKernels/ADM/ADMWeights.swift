import Foundation
import MezzPixels

/// How visible the bands of each scale are: weights of the horizontal and vertical bands, and of the diagonal one.
struct ADMWeights: Hashable {
    /// Per scale, as the denominator uses them.
    let straight: [Float]
    let diagonal: [Float]
    /// Per scale, as the fixed-point paths use them: Q21 (straight) and Q23 (diagonal) at scale 0, Q32 at the others.
    let fixedStraight: [Int]
    let fixedDiagonal: [Int]

    /// `nil` when there is no table for the options.
    init?(_ options: ADMOptions) {
        switch options.sensitivity {
        case .watson:
            let perDegree = Float(options.viewingDistance * Double(options.displayHeight) * .pi / 180)
            straight = (0..<4).map { Self.watson(scale: $0, pixelsPerDegree: perDegree, diagonal: false) }
            diagonal = (0..<4).map { Self.watson(scale: $0, pixelsPerDegree: perDegree, diagonal: true) }
        case .blended:
            guard let table = Self.blended(options) else { return nil }
            (straight, diagonal) = table
        }
        var fixed = (straight.map { Int($0 * 0x1p32) }, diagonal.map { Int($0 * 0x1p32) })
        if options.sensitivity == .watson, options.viewingDistance * Double(options.displayHeight) == 3240 {
            // libvmaf has these two as constants, a little beside what the formula gives.
            fixed.0[0] = 36_453
            fixed.1[0] = 49_417
        } else {
            fixed.0[0] = Int(straight[0] * 0x1p21)
            fixed.1[0] = Int(diagonal[0] * 0x1p23)
        }
        (fixedStraight, fixedDiagonal) = fixed
    }

    /// Watson et al., "Visibility of wavelet quantization noise", 1997: luma thresholds of the 9/7 wavelet.
    private static func watson(scale: Int, pixelsPerDegree: Float, diagonal: Bool) -> Float {
        let frequency: Float = 0.401
        let orientation: Float = diagonal ? 0.534 : 1
        let slope: Float = 0.466
        let base: Float = 0.495
        let amplitudes: [Float] =
            diagonal ? [0.72709, 0.49428, 0.28688, 0.15214] : [0.67234, 0.41317, 0.22727, 0.11792]
        let cycles = pow(2, Double(scale + 1)) * Double(frequency) * Double(orientation) / Double(pixelsPerDegree)
        let octaves = Float(log10(cycles))
        let step = Float(2 * Double(base) * pow(10, Double(slope * octaves * octaves)) / Double(amplitudes[scale]))
        return 1 / step
    }

    /// The tables of the v1 models, by rows of the display and viewing distance.
    private static func blended(_ options: ADMOptions) -> ([Float], [Float])? {
        switch (options.displayHeight, options.viewingDistance) {
        case (1080, 3), (2160, 1.5):
            ([0.01183, 0.025026, 0.04295, 0.058621], [0.004302, 0.011778, 0.023918, 0.035901])
        case (1080, 5): ([0.004212, 0.014809, 0.029642, 0.047464], [0.000984, 0.005852, 0.0146, 0.027574])
        case (2160, 3): ([0.00226, 0.01183, 0.025026, 0.04295], [0.000479, 0.004302, 0.011778, 0.023918])
        case (2160, 5): ([0.000092, 0.004212, 0.014809, 0.029642], [0.00005, 0.000984, 0.005852, 0.0146])
        case (720, 5): ([0.010144, 0.022561, 0.040309, 0.05672], [0.003463, 0.010282, 0.021839, 0.034641])
        default: nil
        }
    }
}
