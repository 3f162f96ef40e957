package import MezzCore

/// Lays a title's boundaries out as shots.
package struct ShotDetector: Sendable {
    /// Fewest frames of a shot. Two: film has shots of a few frames, and one frame alone is a fault of the source.
    package var minimumFrames = 2

    package init() {}

    /// - Returns: Shots that cover all frames without a gap; empty for no frames.
    package func shots(_ boundaries: [ShotBoundary], frames count: Int) -> [Shot] {
        guard count > 0 else { return [] }
        let start = ShotBoundary(
            frame: 0, transition: .start, range: FrameRange(first: 0, end: 0), confidence: 1)
        let openings = [start] + kept(boundaries, count)
        let ends = openings.dropFirst().map(\.frame) + [count]
        return zip(openings, ends).enumerated().map { index, pair in
            let (opening, end) = pair
            return Shot(
                index: index, frames: FrameRange(first: opening.frame, end: end), transition: opening.transition,
                transitionFrames: opening.range.count > 0 ? opening.range : nil,
                confidence: (opening.confidence * 100).rounded() / 100)
        }
    }

    /// The surer of two boundaries closer than the shortest shot; none closer than that to either end.
    private func kept(_ boundaries: [ShotBoundary], _ count: Int) -> [ShotBoundary] {
        let minimum = max(1, minimumFrames)
        var kept: [ShotBoundary] = []
        for boundary in boundaries.sorted(by: { ($0.frame, $1.confidence) < ($1.frame, $0.confidence) }) {
            guard boundary.frame >= minimum, boundary.frame <= count - minimum else { continue }
            guard let last = kept.last, boundary.frame - last.frame < minimum else {
                kept.append(boundary)
                continue
            }
            if boundary.confidence > last.confidence { kept[kept.count - 1] = boundary }
        }
        return kept
    }
}
