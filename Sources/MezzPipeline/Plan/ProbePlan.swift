package import MezzCore
import MezzEncode

/// What an effort measures.
package struct ProbePlan {
    let effort: Effort

    package init(effort: Effort) {
        self.effort = effort
    }

    /// CRFs tried on each shot and size, as shares of the encoder's useful range.
    func crfs(_ driver: any EncoderDriver) -> [Double] {
        let shares: [Double] =
            switch effort {
            case .quick: [0.32, 0.68]
            case .standard: [0.32, 0.68]
            case .exhaustive: [0.08, 0.22, 0.35, 0.47, 0.6, 0.72, 0.86]
            }
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

    /// One frame in this many is scored.
    var scoreEvery: Int {
        switch effort {
        case .quick, .standard: 9
        case .exhaustive: 3
        }
    }

    /// Seconds of a shot that are tried; the middle of longer ones stands for them.
    var windowSeconds: Double {
        switch effort {
        case .quick: 1
        case .standard: 2
        case .exhaustive: .infinity
        }
    }

    /// Part of the title's frames that the quick effort tries.
    private static let digestShare = 0.2

    /// Which units are tried.
    func digest(of units: [EncodingUnit], complexity: [ShotComplexity], frameRate: Rational) -> Digest {
        guard effort == .quick else { return Digest(all: units) }
        return Digest(
            of: units, complexity: complexity, windowFrames: Int((windowSeconds * frameRate.value).rounded()),
            share: Self.digestShare)
    }

    /// The frames of `unit` that are tried.
    package func window(of unit: FrameRange, frameRate: Rational) -> FrameRange {
        let limit = windowSeconds * frameRate.value
        guard Double(unit.count) > limit else { return unit }
        let length = max(1, Int(limit.rounded()))
        let first = unit.first + (unit.count - length) / 2
        return FrameRange(first: first, end: first + length)
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
