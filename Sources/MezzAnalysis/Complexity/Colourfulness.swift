/// Colourfulness by D. Hasler and S. Süsstrunk, "Measuring colourfulness in natural images", SPIE 5007, 2003:
/// √(σ²rg + σ²yb) + 0.3·√(μ²rg + μ²yb) with rg = R − G and yb = (R + G)/2 − B. Both are linear in Cb and Cr and free
/// of luma, so the chroma planes' moments say everything; colours outside the RGB cube are not clipped.
package enum Colourfulness {
    /// rg and yb by Cb and Cr (BT.709, limited range: 224 code values for the 255 of R, G and B).
    private static let range = 255.0 / 224
    private static let rg = (cb: 0.1873 * range, cr: (1.5748 + 0.4681) * range)
    private static let yb = (cb: (-0.1873 / 2 - 1.8556) * range, cr: (1.5748 - 0.4681) / 2 * range)

    /// 0 for grey; about 100 for extremely colourful.
    /// - Parameters: Chroma planes of one size, 8 bit.
    package static func measure(_ cb: PlaneView, _ cr: PlaneView) -> Double {
        let count = Double(cb.width * cb.height)
        guard count > 0 else { return 0 }
        var sums = SIMD8<Double>.zero
        for y in 0..<cb.height { sums += rowSums(cb.row(y), cr.row(y), cb.width) }
        let mean = (cb: sums[0] / count, cr: sums[1] / count)
        let variance = (cb: sums[2] / count - mean.cb * mean.cb, cr: sums[3] / count - mean.cr * mean.cr)
        let covariance = sums[4] / count - mean.cb * mean.cr
        func spread(_ of: (cb: Double, cr: Double)) -> Double {
            max(0, of.cb * of.cb * variance.cb + of.cr * of.cr * variance.cr + 2 * of.cb * of.cr * covariance)
        }
        func centre(_ of: (cb: Double, cr: Double)) -> Double { of.cb * mean.cb + of.cr * mean.cr }
        let offset = (centre(rg) * centre(rg) + centre(yb) * centre(yb)).squareRoot()
        return (spread(rg) + spread(yb)).squareRoot() + 0.3 * offset
    }

    /// Sums of Cb, Cr, Cb², Cr² and Cb·Cr, all around 128.
    private static func rowSums(_ cb: UnsafePointer<UInt8>, _ cr: UnsafePointer<UInt8>, _ width: Int) -> SIMD8<Double> {
        var (b, r) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        var (bb, rr, br) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        func add(_ x: SIMD8<Float>, _ y: SIMD8<Float>) {
            b += x
            r += y
            bb += x * x
            rr += y * y
            br += x * y
        }
        for x in stride(from: 0, through: width - 8, by: 8) {
            add(SIMD8(small: PlaneView.eight(cb, x) &- 128), SIMD8(small: PlaneView.eight(cr, x) &- 128))
        }
        for x in (width & ~7)..<width {
            var (one, other) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
            one[0] = Float(cb[x]) - 128
            other[0] = Float(cr[x]) - 128
            add(one, other)
        }
        return SIMD8(Double(b.sum()), Double(r.sum()), Double(bb.sum()), Double(rr.sum()), Double(br.sum()), 0, 0, 0)
    }
}
