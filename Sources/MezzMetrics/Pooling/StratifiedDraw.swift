/// Draws frames at random, equally often from equal parts of a title (strata), none twice.
///
/// Neighbouring frames score alike and good and bad passages alternate, so a draw from every part knows more than as
/// many frames drawn from the whole. Drawing at random keeps step with no pattern of the encode's frame types; one
/// frame in so many does, and its interval then misses the mean more often than it says.
package struct StratifiedDraw: Sendable {
    /// Frames of each part, in order.
    package let strata: [Range<Int>]
    /// Frames drawn from each part so far (or the whole part).
    package private(set) var perStratum = 0
    private var orders: [[Int]]
    private var generator: SplitMix64

    /// - Parameters:
    ///   - frames: Frames of the title, at least 1.
    ///   - strata: Parts, at most one per frame.
    ///   - seed: The same seed draws the same frames.
    package init(frames: Int, strata: Int, seed: UInt64) {
        precondition(frames > 0 && strata > 0)
        let count = min(strata, frames)
        self.strata = (0..<count).map { $0 * frames / count..<($0 + 1) * frames / count }
        orders = self.strata.map(Array.init)
        generator = SplitMix64(state: seed)
    }

    /// Grows the draw to `target` frames from each part.
    /// - Returns: The frames that came in, ascending.
    package mutating func grow(to target: Int) -> [Int] {
        var fresh: [Int] = []
        for stratum in orders.indices {
            for place in perStratum..<max(perStratum, min(target, orders[stratum].count)) {
                let other = Int.random(in: place..<orders[stratum].count, using: &generator)
                orders[stratum].swapAt(place, other)
                fresh.append(orders[stratum][place])
            }
        }
        perStratum = max(perStratum, min(target, strata.map(\.count).max() ?? 0))
        return fresh.sorted()
    }

    /// Frames drawn so far, by part.
    var drawn: [ArraySlice<Int>] { orders.map { $0.prefix(perStratum) } }
}

/// A small generator of random numbers with a seed (Steele, Lea and Flood's SplitMix64).
struct SplitMix64: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
