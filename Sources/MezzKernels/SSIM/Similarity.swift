/// SSIM's three terms of one row of pixels, from the filtered moments.
struct Similarity {
    /// (0.01·255)², (0.03·255)² and half of it, each step as `Float`.
    static let c1: Float = (0.01 as Float * 255) * (0.01 as Float * 255)
    static let c2: Float = (0.03 as Float * 255) * (0.03 as Float * 255)
    static let c3: Float = c2 / 2

    /// Rows of filtered values: means, mean squares, mean product.
    let mu1: UnsafePointer<Float>
    let mu2: UnsafePointer<Float>
    let square1: UnsafePointer<Float>
    let square2: UnsafePointer<Float>
    let product: UnsafePointer<Float>

    /// Sums over vectors of eight pixels, the lanes apart: luminance, contrast, structure and the product of the three.
    struct Sums {
        var l = SIMD8<Double>.zero
        var c = SIMD8<Double>.zero
        var s = SIMD8<Double>.zero
        var p = SIMD8<Double>.zero

        var total: SIMD4<Double> { SIMD4(l.sum(), c.sum(), s.sum(), p.sum()) }
    }

    /// Σ of luminance, contrast, structure and their product over `count` pixels, in an order of its own.
    func sum(count: Int) -> SIMD4<Double> {
        var sums = Sums()
        var x = 0
        while x &+ 8 <= count {
            let terms: Terms = terms(x)
            sums.l += terms.l
            sums.c += terms.c
            sums.s += terms.s
            sums.p += combined(terms)
            x &+= 8
        }
        var total = sums.total
        if x < count { add(x, count &- x, to: &total) }
        return total
    }

    /// Adds pixel after pixel to `total`.
    func addInOrder(count: Int, to total: inout SIMD4<Double>) {
        for x in stride(from: 0, to: count, by: 8) { add(x, min(8, count - x), to: &total) }
    }

    private func add(_ x: Int, _ count: Int, to total: inout SIMD4<Double>) {
        let terms: Terms = terms(x)
        let all: SIMD8<Double> = combined(terms)
        for lane in 0..<count {
            total += SIMD4(terms.l[lane], terms.c[lane], terms.s[lane], all[lane])
        }
    }

    private typealias Terms = (l: SIMD8<Double>, c: SIMD8<Double>, s: SIMD8<Double>)

    @inline(__always)
    private func combined(_ terms: Terms) -> SIMD8<Double> {
        let lc: SIMD8<Double> = terms.l * terms.c
        return lc * terms.s
    }

    /// The terms of eight pixels.
    @inline(__always)
    private func terms(_ x: Int) -> Terms {
        let m1: SIMD8<Float> = .load(mu1 + x)
        let m2: SIMD8<Float> = .load(mu2 + x)
        let m11: SIMD8<Float> = m1 * m1
        let m22: SIMD8<Float> = m2 * m2
        let v1: SIMD8<Float> = positive(.load(square1 + x), m11)
        let v2: SIMD8<Float> = positive(.load(square2 + x), m22)
        let product: SIMD8<Float> = v1 * v2
        let deviation: SIMD8<Float> = product.squareRoot()
        let l: SIMD8<Double> = ratio(m1.doubles, m2.doubles, m11, m22, Self.c1)
        let ones = SIMD8<Double>(repeating: 1)
        let c: SIMD8<Double> = ratio(deviation.doubles, ones, v1, v2, Self.c2)
        let s: SIMD8<Float> = structure(x, m1, m2, deviation)
        return (l, c, s.doubles)
    }

    /// Mean square less squared mean, at least 0.
    @inline(__always)
    private func positive(_ square: SIMD8<Float>, _ mean: SIMD8<Float>) -> SIMD8<Float> {
        let difference: SIMD8<Float> = square - mean
        return difference.replacing(with: 0, where: difference .< SIMD8<Float>(repeating: 0))
    }

    /// (2·a·b + constant) as `Double` over (x + y + constant) as `Float`.
    @inline(__always)
    private func ratio(
        _ a: SIMD8<Double>, _ b: SIMD8<Double>, _ x: SIMD8<Float>, _ y: SIMD8<Float>, _ constant: Float
    ) -> SIMD8<Double> {
        let twice: SIMD8<Double> = a + a
        let upper: SIMD8<Double> = twice * b + SIMD8<Double>(repeating: Double(constant))
        let lower: SIMD8<Float> = x + y
        let sum: SIMD8<Float> = lower + SIMD8<Float>(repeating: constant)
        return upper / sum.doubles
    }

    @inline(__always)
    private func structure(
        _ x: Int, _ m1: SIMD8<Float>, _ m2: SIMD8<Float>, _ deviation: SIMD8<Float>
    ) -> SIMD8<Float> {
        let zero = SIMD8<Float>(repeating: 0)
        let means: SIMD8<Float> = m1 * m2
        let covariance: SIMD8<Float> = SIMD8<Float>.load(product + x) - means
        let isVoid = (covariance .< zero) .& (deviation .<= zero)
        let kept: SIMD8<Float> = covariance.replacing(with: 0, where: isVoid)
        let constant = SIMD8<Float>(repeating: Self.c3)
        let upper: SIMD8<Float> = kept + constant
        let lower: SIMD8<Float> = deviation + constant
        return upper / lower
    }
}
