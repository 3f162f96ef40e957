import ArgumentParser
import MezzCore
import MezzText

/// Seconds as a decimal number, kept exactly: "-36000", "1.5", "1/25".
struct SecondsValue: ExpressibleByArgument {
    let value: Rational

    /// Beyond a month nothing is meant.
    private static let most = Rational(2_678_400)

    init?(argument: String) {
        guard let value = Self.decimal(argument) ?? Rational(text: argument), value < Self.most,
            Rational(-Self.most.numerator) < value
        else { return nil }
        self.value = value
    }

    private static func decimal(_ text: String) -> Rational? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...9).contains(parts[1].count),
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let scaled = Int64(parts[0] + parts[1])
        else { return nil }
        return Rational(scaled, (0..<parts[1].count).reduce(Int64(1)) { power, _ in power * 10 })
    }
}

/// Pictures a second: "25", "24000/1001", or the short names of the rates of NTSC.
struct FrameRateValue: ExpressibleByArgument {
    let value: Rational

    private static let short: [Substring: Int64] = [
        "23.976": 24, "23.98": 24, "29.97": 30, "47.952": 48, "59.94": 60, "119.88": 120,
    ]

    init?(argument: String) { self.init(argument[...]) }

    init?(_ text: Substring) {
        guard let value = Self.short[text].flatMap({ Rational($0 * 1000, 1001) }) ?? Rational(text: String(text)),
            Rational(0) < value, value < Rational(1001), !text.contains(":")
        else { return nil }
        self.value = value
    }
}

/// A change of rate: "25:24000/1001" for text timed on 25 pictures a second whose pictures are now shown at 23.976.
struct RateChangeValue: ExpressibleByArgument {
    let factor: Rational

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = FrameRateValue(parts[0]), let to = FrameRateValue(parts[1]),
            let factor = TextTiming.factor(from: from.value, to: to.value)
        else { return nil }
        self.factor = factor
    }
}
