import Glibc

/// Chance that can be repeated: SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to 1.
    mutating func share() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// With this mean; the waiting time of events that come at a constant rate.
    mutating func exponential(mean: Double) -> Double { -mean * log(1 - share()) }

    /// With this mean; `spread` is the standard deviation of its logarithm.
    mutating func logNormal(mean: Double, spread: Double) -> Double {
        let normal = (-2 * log(1 - share())).squareRoot() * cos(2 * Double.pi * share())
        return mean * exp(spread * normal - spread * spread / 2)
    }
}
