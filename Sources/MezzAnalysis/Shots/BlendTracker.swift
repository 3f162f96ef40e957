import MezzCore

/// Follows overlapping candidates for gradual transitions and keeps the likeliest of each heap.
struct BlendTracker {
    /// Probability from which a candidate counts.
    static let least: Float = 0.5

    struct Candidate {
        /// Last old frame and first new one.
        var first: Int
        var last: Int
        let transition: Transition
        let probability: Float
    }

    private var open: Candidate?
    private(set) var found: [ShotBoundary] = []

    mutating func see(_ candidate: Candidate) {
        if candidate.probability > open?.probability ?? 0 { open = candidate }
    }

    /// Settles a candidate once newer ones could not overlap it.
    mutating func advance(to frame: Int, _ window: FrameWindow) {
        guard let best = open, frame > best.last + max(12, (best.last - best.first) / 2) else { return }
        close(window)
    }

    mutating func close(_ window: FrameWindow) {
        guard let best = open else { return }
        open = nil
        let edges = BlendEdges(window: window, first: best.first, last: best.last).fitted()
        if let previous = found.last, previous.range.end > edges.first + 1 { return }
        let range = FrameRange(first: edges.first + 1, end: max(edges.first + 2, edges.last))
        found.append(
            ShotBoundary(
                frame: (range.first + range.end) / 2, transition: best.transition, range: range,
                confidence: Double(best.probability)))
    }
}

/// Places the ends of a gradual transition on their frames.
struct BlendEdges {
    let window: FrameWindow
    let first: Int
    let last: Int

    /// The last old frame and the first new one between which an even ramp fits the progress best.
    func fitted() -> (first: Int, last: Int) {
        let span = last - first
        let slack = max(3, span / 3)
        let start = max(window.first, first - slack - 6)
        let end = min(window.end - 1, last + slack + 6)
        let (a, b) = (window[first].fields, window[last].fields)
        let progress = (start...end).map { FieldMath.progress(window[$0].fields, from: a, to: b) }
        var best = (first: first, last: last, error: Float.greatestFiniteMagnitude)
        for from in max(start, first - slack)...min(first + slack, last - 2) {
            for to in max(from + 2, last - slack)...max(from + 2, min(end, last + slack)) {
                let error = Self.error(progress, from - start, to - start)
                if error < best.error { best = (from, to, error) }
            }
        }
        return (best.first, best.last)
    }

    /// Squares left by the best scaled ramp that begins after `from` and ends before `to`.
    private static func error(_ progress: [Float], _ from: Int, _ to: Int) -> Float {
        let count = Float(progress.count)
        var (x, y, xx, xy, yy): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
        for (at, value) in progress.enumerated() {
            let ramp = min(max(Float(at - from) / Float(to - from), 0), 1)
            x += ramp
            y += value
            xx += ramp * ramp
            xy += ramp * value
            yy += value * value
        }
        let spread = xx - x * x / count
        let common = xy - x * y / count
        return yy - y * y / count - (spread > 0 ? common * common / spread : 0)
    }
}
