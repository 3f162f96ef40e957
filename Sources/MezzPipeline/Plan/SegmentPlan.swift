package import MezzCore

/// The key frame grid that every rung of every codec shares.
package struct SegmentPlan: Codable, Hashable, Sendable {
    /// Frames of a nominal segment.
    package let segmentFrames: Int
    /// Frames at which an IDR stands, ascending, 0 first.
    package let keyFrames: [Int]

    /// An IDR at each shot start, and on the grid of whole segments inside shots. The packager opens a segment at the
    /// first key frame of each span of the nominal length: a grid point left out, even for a shot that begins just
    /// after it, would make a segment longer than nominal.
    /// - Parameter segmentSeconds: Nominal length; rounded to whole frames.
    package init(shots: [Shot], frames: Int, frameRate: Rational, segmentSeconds: Double) {
        let length = max(1, Int((segmentSeconds * frameRate.value).rounded()))
        let starts = shots.map(\.frames.first).filter { $0 < frames }
        segmentFrames = length
        keyFrames = Set([0] + starts + stride(from: 0, to: frames, by: length)).sorted()
    }
}
