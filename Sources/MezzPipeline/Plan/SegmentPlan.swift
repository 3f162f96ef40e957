package import MezzCore

/// The key frame grid that every rung of every codec shares.
package struct SegmentPlan: Codable, Hashable, Sendable {
    /// Frames of a nominal segment.
    package let segmentFrames: Int
    /// Frames at which an IDR stands, ascending, 0 first.
    package let keyFrames: [Int]

    /// An IDR at each shot start, and on the segment grid inside shots. A grid point is left out where a shot
    /// begins within a quarter segment after it and no two key frames come to lie more than a segment apart: the
    /// packager then opens the segment at the shot.
    /// - Parameter segmentSeconds: Nominal length; rounded to whole frames.
    package init(shots: [Shot], frames: Int, frameRate: Rational, segmentSeconds: Double) {
        let length = max(1, Int((segmentSeconds * frameRate.value).rounded()))
        var starts = Set(shots.map(\.frames.first).filter { $0 < frames })
        starts.insert(0)
        let sorted = starts.sorted()
        var keys = starts
        var grid = length
        while grid < frames {
            let next = sorted.first { $0 >= grid }
            let previous = keys.filter { $0 < grid }.max() ?? 0
            let yields = next.map { $0 <= grid + length / 4 && $0 - previous <= length } ?? false
            if !yields { keys.insert(grid) }
            grid += length
        }
        segmentFrames = length
        keyFrames = keys.sorted()
    }
}
