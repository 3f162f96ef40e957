package import MezzCore
import MezzEncode

/// What an effort measures.
package struct ProbePlan {
    let effort: Effort

    package init(effort: Effort) {
        self.effort = effort
    }

    /// The cells tried on each shot before anything is known of it, largest size first.
    ///
    /// The exhaustive effort tries every CRF at every size. The others try two CRFs, far apart, at one small size, where
    /// they cost little: they give the shape of the shot's curves. Of every other size one CRF fixes the place.
    func cells(_ sizes: [Resolution], _ driver: any EncoderDriver) -> [ProbeCellPlan] {
        let sizes = Set(sizes).sorted { $0.pixels > $1.pixels }
        let shape = sizes.count > 3 ? sizes.count - 2 : sizes.count - 1
        return sizes.enumerated().flatMap { place, size in
            crfs(Self.shares(effort, isShape: place == shape), driver).map { ProbeCellPlan(resolution: size, crf: $0) }
        }
    }

    /// CRFs as shares of the encoder's useful range.
    private static func shares(_ effort: Effort, isShape: Bool) -> [Double] {
        switch effort {
        case .quick, .standard: isShape ? [0.25, 0.75] : [0.45]
        case .exhaustive: [0.08, 0.22, 0.35, 0.47, 0.6, 0.72, 0.86]
        }
    }

    private func crfs(_ shares: [Double], _ driver: any EncoderDriver) -> [Double] {
        let range = driver.usefulCRF
        return shares.map { (range.lowerBound + $0 * (range.upperBound - range.lowerBound)).rounded() }
    }

    /// Sizes tried.
    var mostResolutions: Int {
        switch effort {
        case .quick: 3
        case .standard: 4
        case .exhaustive: 7
        }
    }

    /// How often challengers are asked for before the ladder stands.
    var challengerRounds: Int {
        switch effort {
        case .quick: 1
        case .standard: 2
        case .exhaustive: 0
        }
    }

    /// One frame in this many is scored.
    var scoreEvery: Int {
        switch effort {
        case .quick, .standard: 9
        case .exhaustive: 3
        }
    }

    /// Seconds of a shot that are tried; see `TrialWindow`.
    var windowSeconds: Double {
        switch effort {
        case .quick: 1
        case .standard: 3
        case .exhaustive: .infinity
        }
    }

    /// Part of the title's frames that the quick effort tries.
    static let digestShare = 0.25

    /// Which units are tried.
    func digest(of units: [EncodingUnit], complexity: [ShotComplexity], frameRate: Rational) -> Digest {
        guard effort == .quick else { return Digest(all: units) }
        return Digest(
            of: units, complexity: complexity, windowFrames: windowFrames(frameRate),
            share: Self.digestShare)
    }

    /// Frames of a unit that are tried at most.
    package func windowFrames(_ frameRate: Rational) -> Int {
        let frames = (windowSeconds * frameRate.value).rounded()
        return frames < Double(Int.max / 2) ? max(1, Int(frames)) : .max
    }

    /// Cells put together so that one process decodes once for all of them and stays within a memory of a few
    /// pictures of the source's size.
    package static func groups<Cell>(_ cells: [Cell], pixels: (Cell) -> Int) -> [[Cell]] {
        let budget = 8 * 1280 * 720
        var groups: [[Cell]] = []
        var sum = 0
        for cell in cells {
            if groups.isEmpty || sum + pixels(cell) > budget {
                groups.append([])
                sum = 0
            }
            groups[groups.count - 1].append(cell)
            sum += pixels(cell)
        }
        return groups
    }
}
