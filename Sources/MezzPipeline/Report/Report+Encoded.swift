package import Foundation

extension Report {
    /// The bytes of `report.json`: UTF-8, indented, keys in alphabetical order, a line end last.
    package func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(self)
        data.append(UInt8(ascii: "\n"))
        return data
    }
}

extension Double {
    /// Itself; `nil` when it is infinite or not a number.
    var finite: Double? { isFinite ? self : nil }

    /// Rounded to so many decimal places; 0 when it is infinite or not a number.
    func rounded(places: Int) -> Double {
        guard isFinite else { return 0 }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (self * scale).rounded()
        // Beyond 2^53 there are no decimals to lose.
        return scaled.magnitude < 9_007_199_254_740_992 ? scaled / scale + 0 : self
    }
}
