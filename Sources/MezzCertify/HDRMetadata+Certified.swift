package import MezzCore

extension HDRMetadata {
    /// A grade on a P3 display of 0.005 to 1000 candelas, as HDR10 describes it.
    package static let certified = HDRMetadata(
        display: Display(
            points: [13_250, 34_500, 7500, 3000, 34_000, 16_000, 15_635, 16_450], maxLuminance: 10_000_000,
            minLuminance: 50),
        light: Light(max: 1000, average: 400))

    /// Whether both say the same but for the last digit: codecs count in different fractions.
    func matches(_ other: HDRMetadata) -> Bool {
        guard light == other.light, (display == nil) == (other.display == nil) else { return false }
        guard let display, let theirs = other.display else { return true }
        let pairs = zip(
            display.points + [display.maxLuminance, display.minLuminance],
            theirs.points + [theirs.maxLuminance, theirs.minLuminance])
        return pairs.allSatisfy { abs($0 - $1) <= 1 }
    }
}
