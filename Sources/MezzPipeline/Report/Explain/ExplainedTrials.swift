package import MezzCore
import MezzLadder

/// The trial encodes that speak for a shot, beside the curves fitted through them.
package struct ExplainedTrials: Hashable, Encodable, Sendable {
    /// The shot's number in the title, from 0.
    package let index: Int
    /// The shot that was tried in its place; `nil` when it was tried itself.
    package let standIn: Int?
    /// Largest size first, finest CRF first.
    package let points: [Point]

    /// One trial encode.
    package struct Point: Hashable, Encodable, Sendable {
        /// The size that was encoded.
        package let size: Resolution
        /// The constant rate factor; of a window, the one at which the whole shot would come out like it.
        package let crf: Double
        /// Measured.
        package let measured: OperatingPoint
        /// What the size's curve says at this CRF; `nil` when no curve was fitted.
        package let fitted: OperatingPoint?

        private enum CodingKeys: String, CodingKey {
            case width
            case height
            case crf
            case measured
            case fitted
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(size.width, forKey: .width)
            try container.encode(size.height, forKey: .height)
            try container.encode(crf, forKey: .crf)
            try container.encode(measured, forKey: .measured)
            try container.encode(fitted, forKey: .fitted)
        }
    }

    init(_ shot: ShotProbes, standIn: Int?, model: TitleModel) {
        index = shot.index
        self.standIn = standIn
        points = shot.points.sorted { ($1.resolution, $0.crf) < ($0.resolution, $1.crf) }.map { point in
            let curve = model.curve(shot: shot.index, resolution: point.resolution)
            return Point(
                size: Resolution(width: point.resolution.width, height: point.resolution.height), crf: point.crf,
                measured: OperatingPoint(rate: point.bps, vmaf: point.vmaf),
                fitted: curve.map { OperatingPoint(rate: $0.bps(at: point.crf), vmaf: $0.vmaf(at: point.crf)) })
        }
    }

    private enum CodingKeys: String, CodingKey {
        case index
        case standIn = "stand_in"
        case points
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(standIn, forKey: .standIn)
        try container.encode(points, forKey: .points)
    }
}

extension OperatingPoint {
    /// Rounded as the report rounds.
    init(rate: Double, vmaf: Double) {
        self.init(bps: Int(exactly: rate.rounded()), vmaf: vmaf.finite?.rounded(places: 3))
    }
}
