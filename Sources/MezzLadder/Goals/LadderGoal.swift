/// What a placed ladder is made for.
package enum LadderGoal: Hashable, Codable, Sendable {
    /// The top where more quality is not seen, the others one step apart below it.
    case automatic
    /// Rungs that promise these pooled VMAFs, above 0 and at most 100. One value is the top, with the automatic
    /// placement below it; several are all the rungs there are.
    case qualities([Double])
    /// For each of these bits per second the best size and CRFs that fit.
    case bitrates([Double])
    /// So many rungs, `countRange`, in equal steps of quality between the bottom and the top.
    case count(Int)
    /// The rungs that give these viewers the highest VMAF on average.
    case audience(Audience)

    /// How many rungs one may ask for, or how many values name them.
    package static let countRange = 2...20
    /// The bits per second that a rung may have.
    package static let bpsRange = 1.0...1e12

    /// Refuses what no ladder can be made for.
    package func validate() throws(LadderError) {
        switch self {
        case .automatic: break
        case .qualities(let values): try Self.validate(values, "quality", range: 0.1...100)
        case .bitrates(let values): try Self.validate(values, "bitrate", range: Self.bpsRange)
        case .count(let count): try LadderError.check(count, "number of rungs", range: Self.countRange)
        case .audience(let audience): try audience.validate()
        }
    }

    private static func validate(
        _ values: [Double], _ name: String, range: ClosedRange<Double>
    ) throws(LadderError) {
        try LadderError.check(values.count, "number of values for \(name)", range: 1...countRange.upperBound)
        for value in values { try LadderError.check(value, name, range: range) }
    }
}
