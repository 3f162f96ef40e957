import Foundation
package import MezzCore

/// Which units are tried, and which of them stand for those that are not.
///
/// The quick effort tries a part of the title only. Units are ranked by complexity and cut into strata of equal length in
/// frames; the middle of each is tried, so the digest is balanced on complexity whatever the order of the shots. (A
/// digest drawn evenly over time missed a title's bitrate by 9%, a balanced one of the same length by 3.5%: eko/qc,
/// docs/ladder.md, 2026.)
package struct Digest: Codable, Hashable, Sendable {
    /// By unit: the tried unit that stands for it, itself when it is tried.
    package let standIns: [Int]

    /// Units that are tried, ascending.
    package var tried: [Int] { Set(standIns).sorted() }

    /// A digest that leaves nothing out.
    package init(all units: [EncodingUnit]) {
        standIns = units.map(\.index)
    }

    /// - Parameters:
    ///   - complexity: By shot.
    ///   - windowFrames: Frames tried of a unit.
    ///   - share: Part of the title's frames that may be tried, 0...1; at least four units are.
    package init(of units: [EncodingUnit], complexity: [ShotComplexity], windowFrames: Int, share: Double) {
        let total = units.reduce(0) { $0 + $1.frames.count }
        let most = max(4, Int((share * Double(total) / Double(max(windowFrames, 1))).rounded(.down)))
        let places = units.map { Place($0, complexity) }
        let tried = units.count > most ? Self.middles(of: most, in: places) : places.map(\.unit)
        standIns = places.map { place in
            if tried.contains(place.unit) { return place.unit }
            return tried.min { places[$0].distance(to: place) < places[$1].distance(to: place) } ?? place.unit
        }
    }

    /// A unit among the title's complexities.
    private struct Place {
        let unit: Int
        let frames: Int
        let score: Double
        let detail: Double
        let motion: Double

        init(_ unit: EncodingUnit, _ complexity: [ShotComplexity]) {
            let shots = unit.shots.filter(complexity.indices.contains).map { complexity[$0] }
            let count = Double(max(shots.count, 1))
            self.unit = unit.index
            frames = unit.frames.count
            score = shots.reduce(0) { $0 + $1.score } / count
            detail = shots.reduce(0) { $0 + log2(1 + $1.spatial) } / count
            motion = shots.reduce(0) { $0 + log2(1 + $1.temporal) } / count
        }

        /// In doublings of detail and of motion.
        func distance(to other: Place) -> Double {
            abs(detail - other.detail) + abs(motion - other.motion)
        }
    }

    /// The units at the middles of `count` strata of equal length.
    private static func middles(of count: Int, in places: [Place]) -> [Int] {
        let ranked = places.sorted { ($0.score, $0.unit) < ($1.score, $1.unit) }
        let total = Double(places.reduce(0) { $0 + $1.frames })
        var chosen: [Int] = []
        var passed = 0.0
        for place in ranked {
            let end = passed + Double(place.frames)
            let wanted = (Double(chosen.count) + 0.5) * total / Double(count)
            if chosen.count < count, end >= wanted { chosen.append(place.unit) }
            passed = end
        }
        return chosen
    }
}
