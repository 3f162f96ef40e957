/// A reduced fraction of two 64-bit integers with a positive denominator: frame rates, time bases, aspect ratios.
package struct Rational: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let numerator: Int64
    package let denominator: Int64

    /// Reduces the fraction. `nil` when the denominator is zero or a value cannot be represented.
    package init?(_ numerator: Int64, _ denominator: Int64) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        let divisor = Rational.greatestCommonDivisor(abs(numerator), abs(denominator))
        let sign: Int64 = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / divisor
        self.denominator = sign * denominator / divisor
    }

    /// A whole number.
    package init(_ whole: Int64) {
        numerator = whole
        denominator = 1
    }

    /// Reads "24000/1001", "16:9" or "25". `nil` for anything else.
    package init?(text: String) {
        let parts = text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "/" || $0 == ":" })
        switch parts.count {
        case 1:
            guard let whole = Int64(parts[0]) else { return nil }
            self.init(whole, 1)
        case 2:
            guard let top = Int64(parts[0]), let bottom = Int64(parts[1]) else { return nil }
            self.init(top, bottom)
        default: return nil
        }
    }

    package var value: Double { Double(numerator) / Double(denominator) }
    package var description: String { "\(numerator)/\(denominator)" }

    package static func < (left: Rational, right: Rational) -> Bool {
        let a = left.numerator.multipliedFullWidth(by: right.denominator)
        let b = right.numerator.multipliedFullWidth(by: left.denominator)
        return a.high != b.high ? a.high < b.high : a.low < b.low
    }

    private static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
        var (x, y) = (a, b)
        while y != 0 { (x, y) = (y, x % y) }
        return max(x, 1)
    }
}

extension Rational: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Rational(text: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a fraction: \(text)"))
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Rational {
    /// Seconds from frame 0 to `frame` at this rate (frames per second).
    package func seconds(ofFrame frame: Int) -> Double {
        Double(frame) * Double(denominator) / Double(numerator)
    }
}
