/// A decoder's coded picture buffer: filled at a constant rate as long as there is room, emptied picture by picture
/// (the hypothetical reference decoder of H.264 and H.265, Annex C, at a variable bit rate).
package struct LeakyBucket: Sendable {
    /// Bits a second.
    package let rate: Double
    /// Bits.
    package let size: Double
    /// Bits that are there; negative as long as pictures come too late.
    package private(set) var level: Double

    /// - Parameter fullness: How full it is before the first picture is taken, 0 to 1.
    package init(rate: Double, size: Double, fullness: Double = 1) {
        self.rate = rate
        self.size = size
        level = size * fullness
    }

    /// Takes a picture out. Its time stands whether it is complete or not, so what is missing is missing to the next as
    /// well.
    /// - Returns: Bits that were not there yet; 0 when it was complete.
    package mutating func take(bits: Double) -> Double {
        level -= bits
        return max(0, -level)
    }

    /// Lets time pass.
    package mutating func fill(seconds: Double) { level = min(size, level + rate * seconds) }
}
