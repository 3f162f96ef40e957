/// What HDR10+ says of one frame (SMPTE ST 2094-40), in the words of its JSON files.
struct HDR10PlusFrame: Codable, Hashable, Sendable {
    /// How a display may map the light that it cannot show.
    struct Curve: Codable, Hashable, Sendable {
        /// In units of 1/1023; at most 15.
        let anchors: [Int]
        /// In units of 1/4095.
        let kneeX: Int
        let kneeY: Int

        private enum CodingKeys: String, CodingKey {
            case anchors = "Anchors"
            case kneeX = "KneePointX"
            case kneeY = "KneePointY"
        }
    }

    /// Light of the frame's pixels, in units of 0.1 cd/m².
    struct Luminance: Codable, Hashable, Sendable {
        struct Distribution: Codable, Hashable, Sendable {
            /// Per cent.
            let index: [Int]
            let values: [Int]

            private enum CodingKeys: String, CodingKey {
                case index = "DistributionIndex"
                case values = "DistributionValues"
            }
        }

        let average: Int
        let distribution: Distribution
        /// The largest red, green and blue.
        let largest: [Int]

        private enum CodingKeys: String, CodingKey {
            case average = "AverageRGB"
            case distribution = "LuminanceDistributions"
            case largest = "MaxScl"
        }
    }

    let curve: Curve?
    let luminance: Luminance
    let windows: Int
    var frameInScene: Int
    var scene: Int
    /// Number of the frame in the title.
    var frame: Int
    /// Of the display that the curve was made for, in cd/m²; 0 without a curve.
    let targetLuminance: Int

    private enum CodingKeys: String, CodingKey {
        case curve = "BezierCurveData"
        case luminance = "LuminanceParameters"
        case windows = "NumberOfWindows"
        case frameInScene = "SceneFrameIndex"
        case scene = "SceneId"
        case frame = "SequenceFrameIndex"
        case targetLuminance = "TargetedSystemDisplayMaximumLuminance"
    }
}

extension HDR10PlusFrame {
    /// What is outside the standard's ranges, in words; `nil` when all is inside.
    var problem: String? {
        let distribution = luminance.distribution
        let checks: [(name: String, values: [Int], range: ClosedRange<Int>)] = [
            ("MaxScl", luminance.largest, 0...100_000), ("AverageRGB", [luminance.average], 0...100_000),
            ("DistributionIndex", distribution.index, 0...100),
            ("DistributionValues", distribution.values, 0...100_000),
            ("TargetedSystemDisplayMaximumLuminance", [targetLuminance], 0...10_000),
            ("KneePointX and KneePointY", curve.map { [$0.kneeX, $0.kneeY] } ?? [], 0...4095),
            ("Anchors", curve?.anchors ?? [], 0...1023), ("SceneId", [scene], 0...Self.mostFrames),
            ("SceneFrameIndex", [frameInScene], 0...Self.mostFrames),
            ("SequenceFrameIndex", [frame], 0...Self.mostFrames),
        ]
        for check in checks {
            if let value = check.values.first(where: { !check.range.contains($0) }) {
                return "\(check.name) of \(value), outside \(check.range.lowerBound) to \(check.range.upperBound)"
            }
        }
        if luminance.largest.count != 3 { return "\(luminance.largest.count) values of MaxScl instead of 3" }
        if distribution.index.count != distribution.values.count {
            return "\(distribution.index.count) DistributionIndex for \(distribution.values.count) DistributionValues"
        }
        // Their numbers are coded in four bits.
        if distribution.index.count > 15 { return "\(distribution.index.count) percentiles, more than 15" }
        if let anchors = curve?.anchors.count, anchors > 15 { return "\(anchors) Anchors, more than 15" }
        if windows != 1 { return "\(windows) windows; encoders take one" }
        return nil
    }

    /// Frames beyond which a file is refused: those of 24 hours at 96 a second.
    static let mostFrames = 1 << 23
}
