import Foundation
package import MezzPixels

/// Sizes and thresholds of CAMBI (banding index) that follow from a picture's size.
/// Arithmetic: libvmaf 3.2, feature `cambi`.
struct CAMBIGeometry {
    static let scales = 5
    /// Contrasts are looked for up to this many 10-bit steps away.
    static let reach = 4

    let width: Int
    let height: Int
    /// Whether scale 0 already has half the picture's rows and columns.
    let halved: Bool

    /// Rows and columns of the window, odd, the same at all scales.
    var window: Int {
        let size = Self.fullWindow(width, height)
        return (halved ? (size + 1) >> 1 : size) | 1
    }

    /// A sample is masked in when more than this many of its 49 neighbours are flat.
    var flatThreshold: Int {
        let area = (width >> 6) * (height >> 6)
        let level = area == 0 ? 0 : Int(log2(Double(area)).rounded(.up))
        return (49 + 3 * (level - 11) - 1) >> 1
    }

    func size(ofScale scale: Int) -> (width: Int, height: Int) {
        let halvings = scale + (halved ? 1 : 0)
        return ((width - 1) >> halvings + 1, (height - 1) >> halvings + 1)
    }

    static func fullWindow(_ width: Int, _ height: Int) -> Int { (65 * (width + height) / 375) >> 4 }

    /// Whether the option's speed-up applies: from the area of 1080, 1440 or 2160 rows at 16:9 on.
    static func halves(_ options: CAMBIOptions, width: Int, height: Int) -> Bool {
        switch options.halfSizeFrom {
        case 1080: width * height >= 1920 * 1080
        case 1440: width * height >= 2560 * 1440
        case 2160: width * height >= 3840 * 2160
        default: false
        }
    }
}

extension CAMBIExtractor {
    /// The longer side must have at least this many samples.
    package static let smallestLongerSide = 216
    /// Width plus height may not exceed this: counts of a window of 255 × 255 samples still fit 16 bits.
    package static let largestSideSum = 23_630

    /// Whether a picture's size is inside the limits.
    package static func accepts(_ format: PictureFormat) -> Bool {
        max(format.width, format.height) >= smallestLongerSide
            && format.width <= largestSideSum && format.height <= largestSideSum
            && format.width + format.height <= largestSideSum
    }
}
