import Glibc

/// Chance that can be repeated: SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    /// The same seed makes the same numbers.
    package init(seed: UInt64) {
        state = seed
    }

    /// All 64 bits are even.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to 1.
    package mutating func share() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// With this mean; the waiting time of events that come at a constant rate.
    package mutating func exponential(mean: Double) -> Double { -mean * log(1 - share()) }

    /// With this mean; `spread` is the standard deviation of its logarithm.
    package mutating func logNormal(mean: Double, spread: Double) -> Double {
        let normal = (-2 * log(1 - share())).squareRoot() * cos(2 * Double.pi * share())
        return mean * exp(spread * normal - spread * spread / 2)
    }
}
