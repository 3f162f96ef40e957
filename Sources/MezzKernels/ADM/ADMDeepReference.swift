/// What a row of the reference's coarser bands contributes to every encode.
struct ADMDeepReference {
    let bands: ADMRows<Int32>
    /// Their rounded reciprocals, such that times an encode's coefficient they give the quotient in Q15.
    let reciprocals: ADMRows<Double>
    /// cos² of one degree times the squared gradient, nearly.
    let energy: UnsafeMutablePointer<Double>

    func prepare(count: Int) {
        Self.invert(bands.horizontal, reciprocals.horizontal, count)
        Self.invert(bands.vertical, reciprocals.vertical, count)
        Self.invert(bands.diagonal, reciprocals.diagonal, count)
        let horizontal = bands.horizontal
        let vertical = bands.vertical
        let energy = energy
        let limit = SIMD4<Double>(repeating: Double(ADMAngle.limit))
        var at = 0
        while at < count {
            let h = ADMDoubles.from(ADMVectors.load4(horizontal + at))
            let v = ADMDoubles.from(ADMVectors.load4(vertical + at))
            ADMDoubles.store((h * h + v * v) * limit, energy + at)
            at &+= 4
        }
    }

    /// |o| is rounded (half up) to 15 significant bits, M = m · 2^q; then floor(2^30 / m) · 2^-q · 2^-15 is 2^30 / M
    /// cut to a whole number where q = 0 (M < 32 768), and to 16 significant bits where q > 0. In double the division
    /// is exact or its error far below the distance to the next whole number.
    private static func invert(
        _ from: UnsafePointer<Int32>, _ reciprocals: UnsafeMutablePointer<Double>, _ count: Int
    ) {
        let half = SIMD4<Double>(repeating: 0.5 - 0x1p-17)
        let scale = SIMD4<Double>(repeating: 0x1p-15)
        var at = 0
        while at < count {
            let value = ADMDoubles.from(ADMVectors.load4(from + at))
            let size = ADMDoubles.magnitude(value)
            let short = ADMDoubles.value((ADMDoubles.bits(size) &+ (1 << 37)) & ~((1 << 38) - 1))
            let quotient = SIMD4<Double>(repeating: 0x1p30) / short
            let cut = ADMDoubles.value(ADMDoubles.bits(quotient) & ~((1 << 37) - 1))
            let whole = ADMDoubles.rounded(quotient - half)
            let floor = cut.replacing(with: whole, where: short .< 32_768)
                .replacing(with: SIMD4<Double>(), where: short .== 0)
            let sign = ADMDoubles.bits(value) & ADMDoubles.sign
            ADMDoubles.store(ADMDoubles.value(ADMDoubles.bits(floor * scale) | sign), reciprocals + at)
            at &+= 4
        }
    }

    /// Sums of |o|³, scaled, over the columns of the scoring window.
    func cubes(inside: UnsafePointer<Int32>, squareShift: Int, shift: Int, count: Int) -> SIMD4<UInt64> {
        SIMD4(
            Self.cubes(bands.horizontal, inside, squareShift, shift, count),
            Self.cubes(bands.vertical, inside, squareShift, shift, count),
            Self.cubes(bands.diagonal, inside, squareShift, shift, count), 0)
    }

    /// Scaled squares fit 32 bits: 1 491 390 732² / 2^31 and 751 510 749² / 2^30 are below 2^31.
    private static func cubes(
        _ from: UnsafePointer<Int32>, _ inside: UnsafePointer<Int32>, _ squareShift: Int, _ shift: Int, _ count: Int
    ) -> UInt64 {
        // A whole unit, not a half, is added before the first shift.
        let unit = SIMD4<UInt64>(repeating: 1 << UInt64(squareShift))
        let squareShift = SIMD4<UInt64>(repeating: UInt64(squareShift))
        let half = SIMD4<UInt64>(repeating: 1 << UInt64(shift - 1))
        let shift = SIMD4<UInt64>(repeating: UInt64(shift))
        var sum = SIMD4<UInt64>()
        var at = 0
        while at < count {
            let value = ADMVectors.load4(from + at)
            let sign = value &>> 31
            let wide = ADMVectors.widen(((value ^ sign) &- sign) & ADMVectors.load4(inside + at))
            let square = ((wide &* wide &+ unit) &>> squareShift) & 0xFFFF_FFFF
            sum &+= (square &* wide &+ half) &>> shift
            at &+= 4
        }
        return sum.wrappedSum()
    }
}
