/// How sample values stand for colours, by the code points of ITU-T H.273.
package struct VideoSignal: Hashable, Sendable {
    /// ColourPrimaries: 1 is BT.709, 9 BT.2020, 12 P3-D65; 2 where nothing is said.
    package let primaries: Int
    /// TransferCharacteristics: 1 is BT.709, 16 PQ, 18 HLG; 2 where nothing is said.
    package let transfer: Int
    /// MatrixCoefficients: 1 is BT.709, 9 BT.2020 non-constant luminance; 2 where nothing is said.
    package let matrix: Int
    /// Whether samples use the full range of numbers instead of 16–235 (8 bits).
    package let isFullRange: Bool

    package init(primaries: Int = 2, transfer: Int = 2, matrix: Int = 2, isFullRange: Bool = false) {
        self.primaries = primaries
        self.transfer = transfer
        self.matrix = matrix
        self.isFullRange = isFullRange
    }

    /// Reads video_signal_type, which AVC and HEVC write alike (H.264 E.1.1, H.265 E.2.1).
    /// - Returns: video_format, the signal, and whether the stream describes its colours at all.
    static func read(
        _ bits: inout BitReader
    ) throws(FormatError) -> (format: Int, signal: VideoSignal, isDescribed: Bool) {
        let format = try bits.bits(3)
        let isFullRange = try bits.flag()
        guard try bits.flag() else { return (format, VideoSignal(isFullRange: isFullRange), false) }
        let signal = VideoSignal(
            primaries: try bits.bits(8), transfer: try bits.bits(8), matrix: try bits.bits(8), isFullRange: isFullRange)
        return (format, signal, true)
    }

    /// Nothing said: unspecified, limited range.
    package static let unspecified = VideoSignal()
}

/// A colour on the CIE 1931 plane, in units of 0.00002.
package struct Chromaticity: Hashable, Sendable {
    package let x: Int
    package let y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// The display a title was mastered on (SMPTE ST 2086; H.264 D.2.29, H.265 D.3.28, `mdcv` of ISO/IEC 23001-17).
package struct MasteringDisplay: Hashable, Sendable {
    package let red: Chromaticity
    package let green: Chromaticity
    package let blue: Chromaticity
    package let white: Chromaticity
    /// In units of 0.0001 cd/m².
    package let maxLuminance: Int
    /// In units of 0.0001 cd/m².
    package let minLuminance: Int

    package init(
        red: Chromaticity, green: Chromaticity, blue: Chromaticity, white: Chromaticity, maxLuminance: Int,
        minLuminance: Int
    ) {
        self.red = red
        self.green = green
        self.blue = blue
        self.white = white
        self.maxLuminance = maxLuminance
        self.minLuminance = minLuminance
    }

    /// Reads the payload of the SEI message, whose primaries come as green, blue, red.
    static func read(_ bits: inout BitReader) throws(FormatError) -> MasteringDisplay {
        let green = try Chromaticity.read(&bits)
        let blue = try Chromaticity.read(&bits)
        let red = try Chromaticity.read(&bits)
        let white = try Chromaticity.read(&bits)
        return MasteringDisplay(
            red: red, green: green, blue: blue, white: white, maxLuminance: try bits.bits(32),
            minLuminance: try bits.bits(32))
    }
}

extension Chromaticity {
    fileprivate static func read(_ bits: inout BitReader) throws(FormatError) -> Chromaticity {
        Chromaticity(x: try bits.bits(16), y: try bits.bits(16))
    }
}

/// Content light levels (CTA-861.3; H.264 D.2.31, H.265 D.3.35), in cd/m²; 0 where nothing is said.
package struct ContentLight: Hashable, Sendable {
    /// MaxCLL: the brightest pixel of all.
    package let maxContentLevel: Int
    /// MaxFALL: the brightest picture's average.
    package let maxPictureAverage: Int

    package init(maxContentLevel: Int, maxPictureAverage: Int) {
        self.maxContentLevel = maxContentLevel
        self.maxPictureAverage = maxPictureAverage
    }

    static func read(_ bits: inout BitReader) throws(FormatError) -> ContentLight {
        ContentLight(maxContentLevel: try bits.bits(16), maxPictureAverage: try bits.bits(16))
    }
}
