package import MezzCore

/// How bright a run of frames gets. Measurements of parts of a title merge into that of the whole, in any order.
package struct LightMeasurement: Hashable, Codable, Sendable {
    /// Over which pixels a picture's light is averaged.
    package enum Area: String, Codable, Sendable {
        /// All of them, bars too.
        case picture
        /// Those inside of what is ever lit: CTA-861.3 (annex P) and H.265 (D.3.35) want bars left out.
        case lit
    }

    package let frames: Int
    package let size: Resolution
    /// The brightest pixel, in units of 1/65536 cd/m².
    let brightestPixel: UInt32
    /// The brightest frame's pixels, summed, in the same units.
    let brightestFrame: UInt64
    /// `nil` when nothing is ever lit.
    package let lit: LitArea?

    init(frames: Int, size: Resolution, brightestPixel: UInt32, brightestFrame: UInt64, lit: LitArea?) {
        self.frames = frames
        self.size = size
        self.brightestPixel = brightestPixel
        self.brightestFrame = brightestFrame
        self.lit = lit
    }

    /// The brightest pixel, in cd/m².
    package var maxContentLevel: Double { Double(brightestPixel) / LightScale.unitsPerCandela }

    /// The brightest frame's average, in cd/m².
    package func maxFrameAverage(over area: Area = .picture) -> Double {
        let pixels = area == .lit ? lit?.pixels ?? size.pixels : size.pixels
        guard pixels > 0 else { return 0 }
        // What bars add where they are not black is in the sum: less than 0.1 cd/m² of each pixel.
        return min(Double(brightestFrame) / LightScale.unitsPerCandela / Double(pixels), maxContentLevel)
    }

    /// MaxCLL and MaxFALL, rounded to whole cd/m². No percentile and no filter: one bright pixel in one frame counts, as
    /// CTA-861.3 has it. `nil` of no frames.
    package func light(over area: Area = .picture) -> HDRMetadata.Light? {
        guard frames > 0 else { return nil }
        return HDRMetadata.Light(
            max: Int(maxContentLevel.rounded()), average: Int(maxFrameAverage(over: area).rounded()))
    }

    /// That of all parts together.
    /// - Returns: `nil` for no parts, or for parts of different sizes, which are not of one title.
    package static func merged(_ parts: some Sequence<LightMeasurement>) -> LightMeasurement? {
        var whole: LightMeasurement?
        for part in parts {
            guard let before = whole else {
                whole = part
                continue
            }
            guard before.size == part.size else { return nil }
            whole = before.joined(with: part)
        }
        return whole
    }

    private func joined(with other: LightMeasurement) -> LightMeasurement {
        LightMeasurement(
            frames: frames + other.frames, size: size, brightestPixel: max(brightestPixel, other.brightestPixel),
            brightestFrame: max(brightestFrame, other.brightestFrame),
            lit: lit.map { own in other.lit?.union(own) ?? own } ?? other.lit)
    }
}
