/// Decoupling and weighting at the finest scale: 16-bit coefficients, 32-bit arithmetic.
enum ADMFine {
    /// Splits an encode's row into what it kept of the reference, at most as much as there is, and tells where a
    /// greater contrast may count as well (`similar`, all ones or 0).
    static func decouple(
        _ reference: ADMFineReference, _ distorted: ADMRows<Int16>, restored: ADMRows<Int32>,
        similar: UnsafeMutablePointer<Int32>, count: Int
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
            store(angle(oh, ov, th, tv, energy + at), similar + at)
            store(restore(oh, th, inverse.horizontal + at), restored.horizontal + at)
            store(restore(ov, tv, inverse.vertical + at), restored.vertical + at)
            let od = load(o.diagonal + at)
            let td = load(distorted.diagonal + at)
            store(restore(od, td, inverse.diagonal + at), restored.diagonal + at)
            at &+= 8
        }
    }

    /// The quotient k = t / o in Q15, within 0 … 1, times o.
    ///
    /// With m = |o|, n = |t| and R = floor(2^30 / m): R·n ≤ 2^30 for n ≤ m, and R·(m + 1) > 2^30 gives k = 1 as any
    /// larger n would, so that n may be limited to m + 1 and R·n to 2^31. k·o stays within 2^15 · 22 930.
    @inline(__always)
    private static func restore(
        _ o: SIMD8<Int32>, _ t: SIMD8<Int32>, _ reciprocal: UnsafePointer<UInt32>
    ) -> SIMD8<Int32> {
        let opposite = (o ^ t) &>> 31
        let limited = ADMVectors.minimum(size(t), size(o) &+ 1) & ~opposite
        let inverse = UnsafeRawPointer(reciprocal).loadUnaligned(as: SIMD8<UInt32>.self)
        let product = (inverse &* unsafeBitCast(limited, to: SIMD8<UInt32>.self) &+ 16_384) &>> 15
        let share = ADMVectors.minimum(unsafeBitCast(product, to: SIMD8<Int32>.self), SIMD8(repeating: 32_768))
        return (share &* o &+ 16_384) &>> 15
    }

    @inline(__always)
    private static func angle(
        _ oh: SIMD8<Int32>, _ ov: SIMD8<Int32>, _ th: SIMD8<Int32>, _ tv: SIMD8<Int32>, _ energy: UnsafePointer<Float>
    ) -> SIMD8<Int32> {
        // Each sum is within 2 · 22 930², 31 bits.
        let product = ADMVectors.floats(oh &* th &+ ov &* tv)
        let square = ADMVectors.floats(th &* th &+ tv &* tv)
        let left = product * product
        let right = UnsafeRawPointer(energy).loadUnaligned(as: SIMD8<Float>.self) * square
        var similar = SIMD8<Int32>().replacing(with: -1, where: (product .>= 0) .& (left .>= right))
        let difference = left - right
        let allowed = right * Float(ADMAngle.doubt)
        let doubtful = (difference .< allowed) .& (-difference .< allowed)
        let marks = unsafeBitCast(SIMD8<Int32>().replacing(with: -1, where: doubtful), to: SIMD4<UInt64>.self)
        if marks.x | marks.y | marks.z | marks.w != 0 {
            for lane in 0..<8 {
                let agrees = ADMAngle.agrees((Int64(oh[lane]), Int64(ov[lane])), (Int64(th[lane]), Int64(tv[lane])))
                similar[lane] = agrees ? -1 : 0
            }
        }
        return similar
    }

    /// Weighs a row of restored and added detail and prepares the masking threshold from the added one.
    static func weigh(
        _ distorted: ADMRows<Int16>, _ restored: ADMRows<Int32>, similar: UnsafePointer<Int32>, gain: ADMGain,
        weights: (Int32, Int32), to row: ADMWeighedRow, added: ADMWeighedRow?, count: Int
    ) {
        if let added {
            weigh(distorted, restored, similar, gain, weights, row, added, both: true, count)
        } else {
            weigh(distorted, restored, similar, gain, weights, row, row, both: false, count)
        }
    }

    @inline(__always)
    private static func weigh(
        _ t: ADMRows<Int16>, _ r: ADMRows<Int32>, _ similar: UnsafePointer<Int32>, _ gain: ADMGain,
        _ weights: (Int32, Int32), _ row: ADMWeighedRow, _ added: ADMWeighedRow, both: Bool, _ count: Int
    ) {
        let straight = Band(weight: weights.0, add: 16_384, shift: 15, gain: gain)
        let diagonal = Band(weight: weights.1, add: 65_535, shift: 17, gain: gain)
        var at = 0
        while at < count {
            let flag = UnsafeRawPointer(similar + at).loadUnaligned(as: SIMD8<Int32>.self)
            let h = straight.split(load(t.horizontal + at), load(r.horizontal + at), flag)
            let v = straight.split(load(t.vertical + at), load(r.vertical + at), flag)
            let d = diagonal.split(load(t.diagonal + at), load(r.diagonal + at), flag)
            row.store(size(h.0), size(v.0), size(d.0), at)
            row.store(threshold: straight.masks(h.1), straight.masks(v.1), diagonal.masks(d.1), at)
            if both {
                added.store(size(h.1), size(v.1), size(d.1), at)
                added.store(threshold: straight.masks(h.0), straight.masks(v.0), diagonal.masks(d.0), at)
            }
            at &+= 8
        }
    }

    /// Constants of a band.
    private struct Band {
        let weight: SIMD8<Int32>
        let add: SIMD8<Int32>
        let shift: SIMD8<Int32>
        let gain: ADMGain

        init(weight: Int32, add: Int32, shift: Int32, gain: ADMGain) {
            self.weight = SIMD8(repeating: weight)
            self.add = SIMD8(repeating: add)
            self.shift = SIMD8(repeating: shift)
            self.gain = gain
        }

        /// - Returns: Weighted restored and added detail. Weights are below 2^16, products below 2^31.
        @inline(__always)
        func split(_ t: SIMD8<Int32>, _ r: SIMD8<Int32>, _ similar: SIMD8<Int32>) -> (SIMD8<Int32>, SIMD8<Int32>) {
            let small = size(r)
            let large = ADMVectors.minimum(gain.times(small), size(t))
            let kept = (large & similar) | (small & ~similar)
            let sign = r &>> 31
            let restored = (kept ^ sign) &- sign
            return (restored &* weight, (t &- restored) &* weight)
        }

        /// What a weighted coefficient adds to its neighbours' thresholds, and to its own.
        @inline(__always)
        func masks(_ product: SIMD8<Int32>) -> (SIMD8<Int32>, SIMD8<Int32>) {
            let c = size((product &+ add) &>> shift)
            let own = (c &* 8738 &+ 2048) &>> 12
            // The own part is stored in 16 bits and may wrap there.
            return ((c &* 4369 &+ 2048) &>> 12, (own &<< 16) &>> 16)
        }
    }

    @inline(__always)
    private static func size(_ values: SIMD8<Int32>) -> SIMD8<Int32> { ADMVectors.magnitude(values) }

    @inline(__always)
    static func load(_ from: UnsafePointer<Int16>) -> SIMD8<Int32> { ADMVectors.load(from) }

    @inline(__always)
    private static func load(_ from: UnsafePointer<Int32>) -> SIMD8<Int32> { ADMVectors.load(from) }

    @inline(__always)
    private static func store(_ values: SIMD8<Int32>, _ to: UnsafeMutablePointer<Int32>) {
        ADMVectors.store(values, to)
    }
}
