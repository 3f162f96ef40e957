/// Decoupling and weighting at scales 1 to 3: 32-bit coefficients, in doubles (whose products here are exact) and
/// 64-bit products.
enum ADMDeep {
    /// As at the finest scale.
    static func decouple(
        _ reference: ADMDeepReference, _ distorted: ADMRows<Int32>, restored: ADMRows<Double>,
        similar: UnsafeMutablePointer<UInt64>, count: Int
    ) {
        let o = reference.bands
        let inverse = reference.reciprocals
        let energy = reference.energy
        var at = 0
        while at < count {
            let oh = load(o.horizontal + at)
            let ov = load(o.vertical + at)
            let th = load(distorted.horizontal + at)
            let tv = load(distorted.vertical + at)
            let flag = angle(oh, ov, th, tv, ADMDoubles.load(energy + at))
            UnsafeMutableRawPointer(similar + at).storeBytes(of: flag, as: SIMD4<UInt64>.self)
            restore(oh, th, inverse.horizontal + at, restored.horizontal + at)
            restore(ov, tv, inverse.vertical + at, restored.vertical + at)
            let td = load(distorted.diagonal + at)
            restore(load(o.diagonal + at), td, inverse.diagonal + at, restored.diagonal + at)
            at &+= 4
        }
    }

    @inline(__always)
    private static func load(_ from: UnsafePointer<Int32>) -> SIMD4<Double> {
        ADMDoubles.from(ADMVectors.load4(from))
    }

    /// The quotient in Q15, z, is a multiple of 2^-31; adding 2^-32 and rounding to even is rounding half up. Below
    /// the limit of 2^15 its product is exact (46 bits), and above it no rounding leads back. The product with o is a
    /// multiple of 2^-15 below 2^31, again exact.
    @inline(__always)
    private static func restore(
        _ o: SIMD4<Double>, _ t: SIMD4<Double>, _ reciprocal: UnsafePointer<Double>, _ to: UnsafeMutablePointer<Double>
    ) {
        let quotient = ADMDoubles.minimum(ADMDoubles.load(reciprocal) * t, SIMD4(repeating: 32_768))
        let positive = quotient.replacing(with: SIMD4<Double>(), where: quotient .< 0)
        let share = ADMDoubles.rounded(positive + 0x1p-32)
        ADMDoubles.store(ADMDoubles.rounded(share * o * 0x1p-15 + 0x1p-17), to)
    }

    @inline(__always)
    private static func angle(
        _ oh: SIMD4<Double>, _ ov: SIMD4<Double>, _ th: SIMD4<Double>, _ tv: SIMD4<Double>, _ energy: SIMD4<Double>
    ) -> SIMD4<UInt64> {
        let product = oh * th + ov * tv
        let left = product * product
        let right = energy * (th * th + tv * tv)
        var similar = ones(where: (product .>= 0) .& (left .>= right))
        let difference = left - right
        let allowed = right * ADMAngle.doubt
        let doubtful = ones(where: (difference .< allowed) .& (-difference .< allowed))
        if doubtful.x | doubtful.y | doubtful.z | doubtful.w != 0 {
            for lane in 0..<4 {
                let agrees = ADMAngle.agrees((Int64(oh[lane]), Int64(ov[lane])), (Int64(th[lane]), Int64(tv[lane])))
                similar[lane] = agrees ? .max : 0
            }
        }
        return similar
    }

    @inline(__always)
    private static func ones(where mask: SIMDMask<SIMD4<Int64>>) -> SIMD4<UInt64> {
        SIMD4<UInt64>().replacing(with: .max, where: mask)
    }

    static func weigh(
        _ distorted: ADMRows<Int32>, _ restored: ADMRows<Double>, similar: UnsafePointer<UInt64>, gain: ADMGain,
        weights: (Int, Int), to row: ADMWeighedRow, added: ADMWeighedRow?, count: Int
    ) {
        if let added {
            weigh(distorted, restored, similar, gain, weights, row, added, both: true, count)
        } else {
            weigh(distorted, restored, similar, gain, weights, row, row, both: false, count)
        }
    }

    @inline(__always)
    private static func weigh(
        _ t: ADMRows<Int32>, _ r: ADMRows<Double>, _ similar: UnsafePointer<UInt64>, _ gain: ADMGain,
        _ weights: (Int, Int), _ row: ADMWeighedRow, _ added: ADMWeighedRow, both: Bool, _ count: Int
    ) {
        let straight = Band(weight: SIMD4(repeating: UInt64(weights.0)), gain: gain)
        let diagonal = Band(weight: SIMD4(repeating: UInt64(weights.1)), gain: gain)
        var at = 0
        while at < count {
            let flag = UnsafeRawPointer(similar + at).loadUnaligned(as: SIMD4<UInt64>.self)
            let h = straight.split(t.horizontal + at, r.horizontal + at, flag)
            let v = straight.split(t.vertical + at, r.vertical + at, flag)
            let d = diagonal.split(t.diagonal + at, r.diagonal + at, flag)
            row.store(h.0, v.0, d.0, at)
            row.store(threshold: h.1, v.1, d.1, at)
            if both {
                added.store(h.1, v.1, d.1, at)
                added.store(threshold: h.0, v.0, d.0, at)
            }
            at &+= 4
        }
    }

    /// Constants of a band.
    private struct Band {
        let weight: SIMD4<UInt64>
        let gain: ADMGain

        /// - Returns: Magnitudes of weighted restored and added detail.
        @inline(__always)
        func split(
            _ t: UnsafePointer<Int32>, _ r: UnsafePointer<Double>, _ similar: SIMD4<UInt64>
        ) -> (SIMD4<UInt64>, SIMD4<UInt64>) {
            let t = load(t)
            let r = ADMDoubles.load(r)
            let small = ADMDoubles.magnitude(r)
            let large = whole(ADMDoubles.minimum(small * gain.value, ADMDoubles.magnitude(t)))
            let size = (ADMDoubles.bits(large) & similar) | (ADMDoubles.bits(small) & ~similar)
            let restored = ADMDoubles.value(size | (ADMDoubles.bits(r) & ADMDoubles.sign))
            return (weigh(restored), weigh(t - restored))
        }

        /// The floor of a positive number.
        @inline(__always)
        private func whole(_ value: SIMD4<Double>) -> SIMD4<Double> {
            guard gain.whole == 0 else { return value }
            let near = ADMDoubles.rounded(value)
            return near.replacing(with: near - 1, where: near .> value)
        }

        /// |(w·x + 2^27) >> 28|: for negative x the flooring shift takes one off before.
        @inline(__always)
        private func weigh(_ value: SIMD4<Double>) -> SIMD4<UInt64> {
            let size = ADMDoubles.low(ADMDoubles.magnitude(value))
            let negative = ADMDoubles.bits(value) &>> 63
            return ((size &* weight &+ (1 << 27) &- negative) &>> 28) & 0xFFFF_FFFF
        }
    }
}

extension ADMWeighedRow {
    @inline(__always)
    fileprivate func store(_ h: SIMD4<UInt64>, _ v: SIMD4<UInt64>, _ d: SIMD4<UInt64>, _ at: Int) {
        store(h, horizontal + at)
        store(v, vertical + at)
        store(d, diagonal + at)
    }

    /// Each share is (factor · |c| − 2^31) >> 32, with libvmaf's negative rounding constant: one less than rounding.
    @inline(__always)
    fileprivate func store(threshold h: SIMD4<UInt64>, _ v: SIMD4<UInt64>, _ d: SIMD4<UInt64>, _ at: Int) {
        let half = SIMD4<UInt64>(repeating: 1 << 31)
        let near = SIMD4<UInt64>(repeating: 143_165_577)
        let around =
            ((h &* near &+ half) &>> 32) &+ ((v &* near &+ half) &>> 32) &+ ((d &* near &+ half) &>> 32) &- 3
        store(around, spread + at)
        let same = SIMD4<UInt64>(repeating: 286_331_153)
        let centre =
            ((h &* same &+ half) &>> 32) &+ ((v &* same &+ half) &>> 32) &+ ((d &* same &+ half) &>> 32) &- 3
        store(centre &- around, own + at)
    }

    @inline(__always)
    private func store(_ values: SIMD4<UInt64>, _ to: UnsafeMutablePointer<Int32>) {
        ADMVectors.store(values, to)
    }
}
