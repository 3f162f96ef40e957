/// Information of a row: sums over its samples.
///
/// Logarithms are in 1/2048, from keys of `VIFLogTable`.
struct VIFStatistics {
    typealias Block = UnsafeMutablePointer<SIMD8<UInt32>>
    typealias Doubles = SIMD4<Double>

    let table: VIFLogTable
    /// Vectors of 8 lanes in a row.
    let blocks: Int
    /// Keys of a row, room for `blocks` vectors.
    let keys: Block

    /// What `reference` adds up for a sample without information: the exponent of 2¹⁷, and T − 30720 = 0.
    private static let silentLogarithm = (1_023 + 17) * 2_048
    // Computed: a stored one would be looked up in the loops.
    @inline(__always) private static var magic: SIMD4<UInt64> { SIMD4(repeating: 0x4330_0000_0000_0000) }
    @inline(__always) private static var two52: Doubles { Doubles(repeating: 4_503_599_627_370_496) }
    @inline(__always) private static var lowHalf: SIMD4<UInt64> { SIMD4(repeating: 0xFFFF_FFFF) }
    @inline(__always) private static var noise: Doubles { Doubles(repeating: Double(VIFHorizontal.noise)) }

    /// The reference's information and how many samples have any.
    func reference(variances: Block) -> (information: Int, samples: Int) {
        var sum = SIMD4<UInt64>()
        var count = SIMD8<UInt32>()
        var stored = 0
        for block in 0..<blocks {
            let variance = variances[block]
            guard Self.isAny(variance) else { continue }
            count &-= TapLanes.positive(variance)
            let pair = unsafeBitCast(variance, to: SIMD4<UInt64>.self)
            let even = Self.key(Self.double(pair & Self.lowHalf) + Self.noise)
            keys[stored] = Self.stored(even, Self.key(Self.double(pair &>> 32) + Self.noise), exponents: &sum)
            stored &+= 1
        }
        let information = Int(sum.wrappedSum()) * 2_048 + self.sum(keys, stored)
        return (information - stored * 8 * Self.silentLogarithm, Int(count.wrappedSum()))
    }

    /// The sum of the distorted picture's variances where the reference has no information. Elsewhere covariances become
    /// 0 unless they, too, are informative.
    func silence(referenceVariances: Block, variances: Block, covariances: Block) -> Int {
        var sum = SIMD4<UInt64>()
        for block in 0..<blocks {
            let informative = TapLanes.positive(referenceVariances[block])
            let variance = variances[block]
            let covariance = covariances[block]
            let pair = unsafeBitCast(variance & ~informative, to: SIMD4<UInt64>.self)
            sum &+= (pair & Self.lowHalf) &+ (pair &>> 32)
            covariances[block] =
                covariance & TapLanes.positive(covariance) & informative & TapLanes.positive(variance)
        }
        return Int(sum.wrappedSum())
    }

    /// Adds the distorted picture's information for each gain limit.
    /// - Parameter covariances: As `silence` leaves them.
    func distorted(
        referenceVariances: Block, variances: Block, covariances: Block, limits: VIFLimits,
        add: (_ variant: Int, _ information: Int) -> Void
    ) {
        let count = limits.count
        guard count > 0 else { return }
        let gainLimits = UnsafePointer(limits.gains)
        let exponents = limits.exponents
        let totalKeys = limits.keys
        for variant in 0..<count { exponents[variant] = SIMD4() }
        // The first limit, mostly the only one, stays in registers.
        let firstLimit = Doubles(repeating: gainLimits[0])
        var firstExponents = SIMD4<UInt64>()
        var noiseExponents = SIMD4<UInt64>()
        var stored = 0
        for block in 0..<blocks {
            let covariance = covariances[block]
            guard Self.isAny(covariance) else { continue }
            let r = unsafeBitCast(referenceVariances[block], to: SIMD4<UInt64>.self)
            let v = unsafeBitCast(variances[block], to: SIMD4<UInt64>.self)
            let c = unsafeBitCast(covariance, to: SIMD4<UInt64>.self)
            let even = Gain(r & Self.lowHalf, v & Self.lowHalf, c & Self.lowHalf)
            let odd = Gain(r &>> 32, v &>> 32, c &>> 32)
            keys[stored] = Self.stored(Self.key(even.residual), Self.key(odd.residual), exponents: &noiseExponents)
            totalKeys[stored] = Self.stored(
                Self.key(even.total(firstLimit)), Self.key(odd.total(firstLimit)), exponents: &firstExponents)
            for variant in 1..<count {
                let limit = Doubles(repeating: gainLimits[variant])
                totalKeys[variant &* blocks &+ stored] = Self.stored(
                    Self.key(even.total(limit)), Self.key(odd.total(limit)), exponents: &exponents[variant])
            }
            stored &+= 1
        }
        exponents[0] = firstExponents
        let noise = Int(noiseExponents.wrappedSum()) &* 2_048 &+ sum(keys, stored)
        for variant in 0..<count {
            let total = Int(truncatingIfNeeded: exponents[variant].wrappedSum()) &* 2_048
            add(variant, total &+ sum(totalKeys + variant * blocks, stored) &- noise)
        }
    }

    private func sum(_ keys: Block, _ stored: Int) -> Int {
        table.sum(UnsafeRawPointer(keys).assumingMemoryBound(to: UInt32.self), count: stored * 8)
    }

    /// What a block's samples have in common for all gain limits.
    private struct Gain {
        let power: Doubles
        let gain: Doubles
        /// Noise and what the gain leaves of the distorted variance.
        let residual: Doubles

        @inline(__always)
        init(_ reference: SIMD4<UInt64>, _ variance: SIMD4<UInt64>, _ covariance: SIMD4<UInt64>) {
            power = double(reference)
            let shared = double(covariance)
            gain = shared / (power + Doubles(repeating: 65_536 * 1e-10))
            let left = double(variance) - gain * shared
            residual = floored(left.replacing(with: Doubles(), where: left .< Doubles())) + noise
        }

        @inline(__always)
        func total(_ limit: Doubles) -> Doubles {
            let limited = gain.replacing(with: limit, where: gain .> limit)
            return residual + floored(limited * limited * power)
        }
    }

    /// Keys of the even and the odd samples as one vector; their exponents are added up.
    @inline(__always)
    private static func stored(
        _ even: SIMD4<UInt64>, _ odd: SIMD4<UInt64>, exponents: inout SIMD4<UInt64>
    ) -> SIMD8<UInt32> {
        exponents &+= (even &>> 15) &+ (odd &>> 15)
        return unsafeBitCast(even | (odd &<< 32), to: SIMD8<UInt32>.self)
    }

    /// Whether a lane is not 0.
    @inline(__always)
    private static func isAny(_ values: SIMD8<UInt32>) -> Bool {
        let pairs = unsafeBitCast(values, to: SIMD4<UInt64>.self)
        return (pairs[0] | pairs[1]) | (pairs[2] | pairs[3]) != 0
    }

    @inline(__always)
    private static func double(_ value: SIMD4<UInt64>) -> Doubles {
        unsafeBitCast(value | magic, to: Doubles.self) - two52
    }

    /// Largest integer not above x, for 0 ≤ x < 2⁵¹.
    @inline(__always)
    private static func floored(_ x: Doubles) -> Doubles {
        let nearest = (x + two52) - two52
        let above = Doubles().replacing(with: Doubles(repeating: 1), where: nearest .> x)
        return nearest - above
    }

    @inline(__always)
    private static func key(_ x: Doubles) -> SIMD4<UInt64> { unsafeBitCast(x, to: SIMD4<UInt64>.self) &>> 37 }
}
