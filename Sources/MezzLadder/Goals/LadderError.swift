/// Why no ladder can be made: what contradicts what.
package enum LadderError: Error, Hashable, Codable, Sendable, CustomStringConvertible {
    /// A value that is no number or outside its range; both as text, since some have no other form.
    case badValue(name: String, value: String, allowed: String)
    /// An audience that is described twice or not at all.
    case badAudience(String)
    /// A fixed ladder prescribes its rungs: it can have no other goal.
    case goalOfFixedLadder
    /// The least bitrate asked for is above the largest, bits per second.
    case minimumAboveMaximum(minimum: Double, maximum: Double)
    /// No encode of the title has as few bits per second as the largest bitrate asked for.
    case maximumBelowCheapest(maximum: Double, cheapest: Double)
    /// The title needs fewer bits per second for its best quality than the least bitrate asked for.
    case minimumAboveSaturation(minimum: Double, saturation: Double)
    /// The cheapest rung that the other limits allow takes more bytes than the budget.
    case storageBelowCheapest(bytes: Double, needed: Double)
    /// Every rung that was asked for had to be dropped, with the reasons.
    case noRungLeft([String])

    /// What contradicts what, for a person.
    package var description: String {
        switch self {
        case .badValue(let name, let value, let allowed): "\(name) is \(value), but must be \(allowed)"
        case .badAudience(let reason): "the audience is unusable: \(reason)"
        case .goalOfFixedLadder: "a fixed ladder prescribes its rungs, so it can have no other goal"
        case .minimumAboveMaximum(let minimum, let maximum):
            "the least bitrate, \(kbps(minimum)), is above the largest, \(kbps(maximum))"
        case .maximumBelowCheapest(let maximum, let cheapest):
            "the largest bitrate is \(kbps(maximum)), but the cheapest encode of this title has \(kbps(cheapest))"
        case .minimumAboveSaturation(let minimum, let saturation):
            "the least bitrate is \(kbps(minimum)), but this title has its best quality at \(kbps(saturation))"
        case .storageBelowCheapest(let bytes, let needed):
            "the storage budget is \(megabytes(bytes)), but the cheapest rung allowed takes \(megabytes(needed))"
        case .noRungLeft(let reasons): "no rung is left: " + reasons.joined(separator: "; ")
        }
    }

    /// Throws unless `value` is a number in `range`.
    static func check(_ value: Double, _ name: String, range: ClosedRange<Double>) throws(LadderError) {
        guard range.contains(value) else {
            throw .badValue(name: name, value: "\(value)", allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
    }

    /// Throws unless `value` is in `range`.
    static func check(_ value: Int, _ name: String, range: ClosedRange<Int>) throws(LadderError) {
        guard range.contains(value) else {
            throw .badValue(name: name, value: "\(value)", allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
    }
}
