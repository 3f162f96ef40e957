package import MezzCore
package import MezzPixels

/// Finds shot boundaries in a frame index: content change against an adaptive threshold, flashes put aside, fades
/// through black seen as one boundary.
package struct ShotDetector: Sendable {
    /// Shortest shot in seconds.
    package var minimumShotSeconds = 0.5
    /// Change (code values) under which nothing is a cut.
    package var minimumChange: Float = 9
    /// How many times the change of its surroundings a cut must reach.
    package var ratio: Float = 3
    /// Frames on each side that make the surroundings.
    package var window = 2

    package init() {}

    /// - Returns: Shots that cover all frames without a gap; empty for an empty index.
    package func shots(of index: FrameIndex, frameRate: Rational) -> [Shot] {
        guard index.count > 0 else { return [] }
        let minimum = max(1, Int((minimumShotSeconds * frameRate.value).rounded()))
        let cuts = self.cuts(index).filter { !isFlash($0, in: index) }
        let boundaries = thinned(cuts + fades(index), minimum: minimum, count: index.count)
        return assemble(boundaries, count: index.count)
    }

    struct Boundary: Equatable {
        let frame: Int
        let transition: Transition
        /// How far above its threshold the evidence lies, 0…1.
        let confidence: Double
    }

    private func cuts(_ index: FrameIndex) -> [Boundary] {
        guard index.count > 1 else { return [] }
        return (1..<index.count).compactMap { frame in
            let change = index.entries[frame].change
            guard change >= minimumChange else { return nil }
            let around = surroundings(of: frame, in: index)
            let excess = change / max(around, 1)
            guard excess >= ratio else { return nil }
            return Boundary(frame: frame, transition: .cut, confidence: min(1, Double(excess / (2 * ratio))))
        }
    }

    private func surroundings(of frame: Int, in index: FrameIndex) -> Float {
        let neighbours = (frame - window...frame + window).filter { $0 != frame && $0 > 0 && $0 < index.count }
        guard !neighbours.isEmpty else { return 0 }
        return neighbours.reduce(0) { $0 + index.entries[$1].change } / Float(neighbours.count)
    }

    /// A flash returns to the picture before it within a few frames; a cut does not.
    private func isFlash(_ cut: Boundary, in index: FrameIndex) -> Bool {
        let before = index.entries[cut.frame - 1].fingerprint
        let jump = before.distance(to: index.entries[cut.frame].fingerprint)
        let first = cut.frame + 1
        let returns = (first..<min(first + 4, index.count)).contains {
            before.distance(to: index.entries[$0].fingerprint) < 0.35 * jump
        }
        let earlier = (max(0, cut.frame - 5)..<cut.frame - 1).contains { frame in
            index.entries[frame].fingerprint.distance(to: index.entries[cut.frame].fingerprint) < 0.35 * jump
        }
        return returns || earlier
    }

    /// The frame at which the picture rises out of black, for each stretch of black.
    private func fades(_ index: FrameIndex) -> [Boundary] {
        var boundaries: [Boundary] = []
        var blackStart: Int?
        for (frame, entry) in index.entries.enumerated() {
            let isBlack = entry.lumaMean < 20 && entry.lumaDeviation < 4
            if isBlack {
                blackStart = blackStart ?? frame
            } else if let start = blackStart {
                if start > 0 { boundaries.append(Boundary(frame: frame, transition: .fade, confidence: 0.8)) }
                blackStart = nil
            }
        }
        return boundaries
    }

    /// Keeps the surer of two boundaries closer than a minimum shot; none closer than that to either end.
    private func thinned(_ boundaries: [Boundary], minimum: Int, count: Int) -> [Boundary] {
        var kept: [Boundary] = []
        for boundary in boundaries.sorted(by: { $0.frame < $1.frame }) {
            guard boundary.frame >= minimum, boundary.frame <= count - minimum else { continue }
            guard let last = kept.last, boundary.frame - last.frame < minimum else {
                kept.append(boundary)
                continue
            }
            if boundary.confidence > last.confidence { kept[kept.count - 1] = boundary }
        }
        return kept
    }

    private func assemble(_ boundaries: [Boundary], count: Int) -> [Shot] {
        let starts = [Boundary(frame: 0, transition: .start, confidence: 1)] + boundaries
        let ends = boundaries.map(\.frame) + [count]
        return zip(starts, ends).enumerated().map { index, pair in
            Shot(
                index: index, frames: FrameRange(first: pair.0.frame, end: pair.1), transition: pair.0.transition,
                confidence: (pair.0.confidence * 100).rounded() / 100)
        }
    }
}
