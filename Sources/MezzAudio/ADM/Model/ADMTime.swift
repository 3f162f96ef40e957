package import MezzCore

/// A time of ITU-R BS.2076-2 section 6.3, exactly: "00:00:12.04800", or "00:00:12.2304S48000" in parts of a second.
package struct ADMTime: Hashable, Sendable {
    /// Seconds.
    package let value: Rational
    /// Whether it was written in samples ("S"), which BS.2076-1 did not know.
    package let isInSamples: Bool

    package var seconds: Double { value.value }

    /// Digits behind the point that are read; nine tell nanoseconds.
    private static let mostDigits = 9
    private static let mostParts: Int64 = 1_000_000_000

    /// `nil` for anything else than a time.
    package init?(_ text: some StringProtocol) {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 3, let hours = Self.whole(fields[0], digits: 1...4),
            let minutes = Self.whole(fields[1], digits: 1...2), minutes < 60
        else { return nil }
        let parts = fields[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let seconds = Self.whole(parts[0], digits: 1...2), seconds < 60 else { return nil }
        let whole = (hours * 60 + minutes) * 60 + seconds
        guard let (above, below, isInSamples) = Self.fraction(parts.count == 2 ? parts[1] : "0"),
            let value = Rational(whole * below + above, below)
        else { return nil }
        self.value = value
        self.isInSamples = isInSamples
    }

    private static func fraction(_ text: some StringProtocol) -> (above: Int64, below: Int64, isInSamples: Bool)? {
        let parts = text.split(separator: "S", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let above = whole(parts[0], digits: 1...10), let below = whole(parts[1], digits: 1...10),
                1...mostParts ~= below, above < below
            else { return nil }
            return (above, below, true)
        }
        // A point without digits is a whole second to many writers.
        let digits = text.prefix(mostDigits)
        guard let above = digits.isEmpty ? 0 : whole(text, digits: 1...40).map({ _ in Int64(digits) ?? 0 }) else {
            return nil
        }
        return (above, (0..<digits.count).reduce(Int64(1)) { power, _ in power * 10 }, false)
    }

    /// Digits alone; more of them than fit are cut off.
    private static func whole(_ text: some StringProtocol, digits: ClosedRange<Int>) -> Int64? {
        guard digits ~= text.utf8.count, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int64(text.prefix(mostDigits + 1))
    }
}
