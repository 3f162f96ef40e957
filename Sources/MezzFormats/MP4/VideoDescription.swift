/// What a sample entry says of pictures (ISO/IEC 14496-12, 12.1).
package struct VideoDescription: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// `colr` with `nclx` or QuickTime's `nclc`.
    package private(set) var color: ContainerColor?
    /// `colr` with a profile of the ICC.
    package private(set) var hasColorProfile = false
    /// `mdcv`
    package private(set) var masteringDisplay: ContainerMasteringDisplay?
    /// `clli`: cd/m², 0 for unknown.
    package private(set) var contentLight: ContainerContentLight?
    /// `pasp`
    package private(set) var pixelAspect: PixelAspect?
    /// `clap`
    package private(set) var cleanAperture: CleanAperture?

    /// Reads the fixed part, after data_reference_index.
    init(_ cursor: inout ByteCursor) throws(FormatError) {
        try cursor.skip(16)
        width = try cursor.u16()
        height = try cursor.u16()
        try cursor.skip(50)
    }

    /// Takes a box of the entry, if it is about the picture.
    mutating func take(_ bytes: [UInt8], _ box: BoxHeader) throws(FormatError) {
        var cursor = try ByteCursor(bytes, box.payload)
        switch box.type {
        case "colr":
            switch try cursor.fourCC() {
            case "nclx": color = try ContainerColor.read(&cursor, hasRange: true)
            case "nclc": color = try ContainerColor.read(&cursor, hasRange: false)
            case "prof", "rICC": hasColorProfile = true
            default: break
            }
        case "mdcv": masteringDisplay = try ContainerMasteringDisplay.read(&cursor)
        case "clli": contentLight = ContainerContentLight(max: try cursor.u16(), average: try cursor.u16())
        case "pasp": pixelAspect = PixelAspect(horizontal: try cursor.u32(), vertical: try cursor.u32())
        case "clap": cleanAperture = try CleanAperture.read(&cursor)
        default: break
        }
    }
}

/// Code points of ITU-T H.273 (12.1.5).
package struct ContainerColor: Hashable, Sendable {
    package let primaries: Int
    package let transfer: Int
    package let matrix: Int
    /// `nil` in files of QuickTime, which do not say.
    package let isFullRange: Bool?

    static func read(_ cursor: inout ByteCursor, hasRange: Bool) throws(FormatError) -> ContainerColor {
        let (primaries, transfer, matrix) = (try cursor.u16(), try cursor.u16(), try cursor.u16())
        let range = hasRange ? try cursor.number(bytes: 1) >> 7 == 1 : nil
        return ContainerColor(primaries: primaries, transfer: transfer, matrix: matrix, isFullRange: range)
    }
}

/// `mdcv` (12.1.8.2).
package struct ContainerMasteringDisplay: Hashable, Sendable {
    /// CIE 1931 coordinates in units of 0.00002.
    package struct Point: Hashable, Sendable {
        package let x: Int
        package let y: Int
    }

    /// Green, blue and red, as HEVC orders them.
    package let primaries: [Point]
    package let whitePoint: Point
    /// Units of 0.0001 cd/m².
    package let maxLuminance: Int
    package let minLuminance: Int

    static func read(_ cursor: inout ByteCursor) throws(FormatError) -> ContainerMasteringDisplay {
        var points: [Point] = []
        for _ in 0..<4 { points.append(Point(x: try cursor.u16(), y: try cursor.u16())) }
        return ContainerMasteringDisplay(
            primaries: Array(points.prefix(3)), whitePoint: points[3], maxLuminance: try cursor.u32(),
            minLuminance: try cursor.u32())
    }
}

/// `clli` (12.1.8.1).
package struct ContainerContentLight: Hashable, Sendable {
    package let max: Int
    package let average: Int
}

/// `pasp` (12.1.4): width and height of a sample, relative to each other.
package struct PixelAspect: Hashable, Sendable {
    package let horizontal: Int
    package let vertical: Int
}

/// `clap` (12.1.4): the part of the picture that is meant to be shown, in fractions of samples.
package struct CleanAperture: Hashable, Sendable {
    package struct Fraction: Hashable, Sendable {
        package let numerator: Int
        package let denominator: Int
    }

    package let width: Fraction
    package let height: Fraction
    /// Distance of its middle from the picture's.
    package let horizontalOffset: Fraction
    package let verticalOffset: Fraction

    static func read(_ cursor: inout ByteCursor) throws(FormatError) -> CleanAperture {
        var values: [Fraction] = []
        for _ in 0..<4 { values.append(Fraction(numerator: try cursor.s32(), denominator: try cursor.u32())) }
        return CleanAperture(
            width: values[0], height: values[1], horizontalOffset: values[2], verticalOffset: values[3])
    }
}
