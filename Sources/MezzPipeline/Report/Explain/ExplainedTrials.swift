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
    /// Sizes whose curves go on past their own trials with another size's shape.
    package let borrowing: [Resolution]

    /// One trial encode.
    package struct Point: Hashable, Encodable, Sendable {
        /// The size that was encoded.
        package let size: Resolution
        /// The constant rate factor that was encoded at.
        package let crf: Double
        /// Of a window, the constant rate factor at which the whole shot would come out like it; else `crf`.
        package let wholeCRF: Double
        /// Measured.
        package let measured: OperatingPoint
        /// What the size's curve says at `wholeCRF`; `nil` when no curve was fitted.
        package let fitted: OperatingPoint?

        private enum CodingKeys: String, CodingKey {
            case width
            case height
            case crf
            case wholeCRF = "whole_crf"
            case measured
            case fitted
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(size.width, forKey: .width)
            try container.encode(size.height, forKey: .height)
            try container.encode(crf, forKey: .crf)
            try container.encode(wholeCRF, forKey: .wholeCRF)
            try container.encode(measured, forKey: .measured)
            try container.encode(fitted, forKey: .fitted)
        }
    }

    /// - Parameter trials: In the order in which they are told.
    init(_ shot: Int, _ trials: [Report.Point], standIn: Int?, model: TitleModel) {
        index = shot
        self.standIn = standIn
        points = trials.map { trial in
            let (curve, crf) = (model.curve(shot: shot, resolution: LadderResolution(trial.size)), trial.wholeCRF)
            let place = crf ?? trial.crf
            return Point(
                size: trial.size, crf: trial.crf, wholeCRF: place,
                measured: OperatingPoint(rate: Double(trial.bps), vmaf: trial.vmafHarmonic ?? trial.vmaf ?? .nan),
                fitted: curve.map { OperatingPoint(rate: $0.bps(at: place), vmaf: $0.vmaf(at: place)) })
        }
        borrowing = model.resolutions.reversed().filter { size in
            model.curve(shot: shot, resolution: size)?.isContinued ?? false
        }.map { Resolution(width: $0.width, height: $0.height) }
    }

    private enum CodingKeys: String, CodingKey {
        case index
        case standIn = "stand_in"
        case points
        case borrowing
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(standIn, forKey: .standIn)
        try container.encode(points, forKey: .points)
        try container.encode(borrowing.map(\.description), forKey: .borrowing)
    }
}

extension OperatingPoint {
    /// Rounded as the report rounds.
    init(rate: Double, vmaf: Double) {
        self.init(bps: Int(exactly: rate.rounded()), vmaf: vmaf.finite?.rounded(places: 3))
    }
}
