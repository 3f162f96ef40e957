/// How hard a whole title is to encode.
package struct TitleComplexity: Hashable, Codable, Sendable {
    /// Mean of the shots' scores, weighted by their frames.
    package let average: Double
    /// The least score that at least 95% of the frames do not exceed.
    package let p95: Double
    /// By the average.
    package let category: ComplexityCategory

    /// What the bitrates of a standard ladder are multiplied by for such a title.
    package var multiplier: Double { category.multiplier }

    /// - Parameter shots: Score and number of frames of each; a title without frames has a complexity of 0.
    package init(shots: [(score: Double, frames: Int)]) {
        let total = shots.reduce(0) { $0 + $1.frames }
        let sum = shots.reduce(0) { $0 + $1.score * Double($1.frames) }
        let mean = total > 0 ? sum / Double(total) : 0
        var covered = 0
        let percentile = shots.sorted { $0.score < $1.score }.first { shot in
            covered += shot.frames
            return 20 * covered >= 19 * total
        }
        average = mean
        p95 = percentile?.score ?? 0
        category = ComplexityCategory(score: mean)
    }
}

/// What kind of title a score of complexity speaks of.
package enum ComplexityCategory: String, Codable, Sendable, CaseIterable {
    case simpleAnimation = "simple_animation"
    case moderateAnimation = "moderate_animation"
    case liveActionDialogue = "live_action_dialogue"
    case actionMedium = "action_medium"
    case actionHigh = "action_high"

    /// The category that holds `score`; one that is not a number is the first.
    package init(score: Double) {
        self = Self.allCases.last { score >= $0.lowest } ?? .simpleAnimation
    }

    /// The least score of the category.
    package var lowest: Double {
        switch self {
        case .simpleAnimation: 0
        case .moderateAnimation: 10
        case .liveActionDialogue: 30
        case .actionMedium: 60
        case .actionHigh: 100
        }
    }

    /// What the bitrates of a standard ladder are multiplied by.
    package var multiplier: Double {
        switch self {
        case .simpleAnimation: 0.5
        case .moderateAnimation: 0.7
        case .liveActionDialogue: 0.9
        case .actionMedium: 1.0
        case .actionHigh: 1.3
        }
    }
}
