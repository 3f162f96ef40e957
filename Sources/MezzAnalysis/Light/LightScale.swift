/// Light by signal, for the brightest of red, green and blue.
///
/// A signal is counted in steps of 14-bit samples, from 0: luma as it is, and what the brightest colour lies above it.
/// The difference is never negative, because luma is a weighted mean of the three. A step is less than 0.1% of the light.
struct LightScale {
    /// One unit of light is 1/65536 cd/m²: sums of whole numbers do not depend on their order.
    static let unitsPerCandela = 65_536.0
    /// Luma of 14 bits plus the largest difference, 1.8814 · 8192 of BT.2020's blue: all fit a signed 16-bit number.
    static let signals = 1 << 15
    static let bits = 14
    /// Samples are shifted left by so much, to count in steps of 14 bits.
    let shift: Int
    /// Light in units, by signal.
    let table: [UInt32]
    /// What Cr adds to red, Cb to blue, and both to green (H.273, 8.3), in steps of luma for a step of theirs.
    let red: Float
    let blue: Float
    let greenRed: Float
    let greenBlue: Float

    init(_ format: LightFormat) {
        shift = Self.bits - format.bits
        let (black, white) =
            format.isFullRange ? (0.0, Double((1 << format.bits - 1) << shift)) : (16.0 * 64, 235.0 * 64)
        table = (0..<Self.signals).map { signal in
            let light = PerceptualQuantizer.light((Double(signal) - black) / (white - black))
            return UInt32((light * Self.unitsPerCandela).rounded())
        }
        // Limited range has 219 steps of luma and 224 of chroma.
        let ratio = format.isFullRange ? 1 : 219.0 / 224
        let (kr, kb) = (format.weights.red, format.weights.blue)
        let kg = 1 - kr - kb
        red = Float(2 * (1 - kr) * ratio)
        blue = Float(2 * (1 - kb) * ratio)
        greenRed = Float(-2 * (1 - kr) * kr / kg * ratio)
        greenBlue = Float(-2 * (1 - kb) * kb / kg * ratio)
    }

    /// The first signal that is brighter than a bar of black may be.
    var firstLit: Int16 {
        let dark = UInt32(LitArea.darkest * Self.unitsPerCandela)
        return Int16(table.firstIndex { $0 > dark } ?? Self.signals - 1)
    }
}
