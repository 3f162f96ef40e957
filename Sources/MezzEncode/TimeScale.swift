package import MezzCore

/// The clock of encoded tracks: every frame lasts a whole number of ticks, so no rounding can creep in at a join.
package struct TimeScale: Sendable, Hashable {
    package let ticksPerSecond: Int
    package let ticksPerFrame: Int

    package init(frameRate: Rational) {
        let factor: Int64 = frameRate.numerator < 1000 ? 1000 : 1
        ticksPerSecond = Int(frameRate.numerator * factor)
        ticksPerFrame = Int(frameRate.denominator * factor)
    }

    /// FFmpeg output options that write it into an MP4: the track's clock, and the movie's, whose default of a
    /// millisecond would round edit lists.
    package var arguments: [String] {
        ["-video_track_timescale", String(ticksPerSecond), "-movie_timescale", String(ticksPerSecond)]
    }
}
