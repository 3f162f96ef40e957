/// How far the chroma planes are reduced against luma.
package enum ChromaSubsampling: String, Codable, Sendable, CaseIterable {
    case monochrome = "400"
    case half = "420"
    case halfWidth = "422"
    case full = "444"

    /// Chroma columns are luma columns shifted right by this.
    package var horizontalShift: Int { self == .half || self == .halfWidth ? 1 : 0 }
    /// Chroma rows are luma rows shifted right by this.
    package var verticalShift: Int { self == .half ? 1 : 0 }
    /// Planes of a picture, luma included.
    package var planes: Int { self == .monochrome ? 1 : 3 }
}

/// Size, depth and sampling of planar YUV pictures, as raw files and pipes carry them: planes one after the other,
/// rows without padding, one byte a sample at 8 bit and two (little-endian) above.
package struct PictureFormat: Hashable, Sendable {
    /// Luma samples per row.
    package let width: Int
    /// Luma rows.
    package let height: Int
    /// 8…16.
    package let bitDepth: Int
    package let chroma: ChromaSubsampling

    /// - Precondition: sides are positive, `bitDepth` is 8…16.
    package init(width: Int, height: Int, bitDepth: Int, chroma: ChromaSubsampling) {
        precondition(width > 0 && height > 0 && (8...16).contains(bitDepth))
        self.width = width
        self.height = height
        self.bitDepth = bitDepth
        self.chroma = chroma
    }

    package var sampleBytes: Int { bitDepth > 8 ? 2 : 1 }

    /// Samples of a plane (0 luma, 1 Cb, 2 Cr); odd luma sides round up, as FFmpeg lays pictures out.
    package func size(ofPlane plane: Int) -> (width: Int, height: Int) {
        guard plane > 0 else { return (width, height) }
        let across = chroma.horizontalShift
        let down = chroma.verticalShift
        return ((width + across) >> across, (height + down) >> down)
    }

    /// Bytes of one picture in a raw file.
    package var frameBytes: Int {
        (0..<chroma.planes).reduce(0) { total, plane in
            let size = size(ofPlane: plane)
            return total + size.width * size.height * sampleBytes
        }
    }

    /// FFmpeg's name, for example `yuv420p10le`, `gray` or `gray12le`.
    package var pixelFormat: String {
        let base = chroma == .monochrome ? "gray" : "yuv\(chroma.rawValue)p"
        return bitDepth == 8 ? base : "\(base)\(bitDepth)le"
    }

    /// Reads FFmpeg's name of a planar YUV or grey format; `nil` for anything else.
    package init?(pixelFormat name: String, width: Int, height: Int) {
        guard width > 0, height > 0 else { return nil }
        let known = ChromaSubsampling.allCases.lazy.flatMap { chroma in
            [8, 9, 10, 12, 14, 16].lazy.map {
                PictureFormat(width: width, height: height, bitDepth: $0, chroma: chroma)
            }
        }
        guard let found = known.first(where: { $0.pixelFormat == name || $0.fullRangeName == name }) else { return nil }
        self = found
    }

    /// The older name FFmpeg has for 8-bit full-range pictures.
    private var fullRangeName: String? {
        bitDepth == 8 && chroma != .monochrome ? "yuvj\(chroma.rawValue)p" : nil
    }
}
