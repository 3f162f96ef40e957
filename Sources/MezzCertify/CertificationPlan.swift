package import MezzCore

/// The streams that bring a level to its extremes.
package struct CertificationPlan: Hashable, Sendable {
    /// How much work a stream may be.
    package struct Budget: Hashable, Sendable {
        /// Frames of a stream; never more than two seconds.
        package var frames: Int
        /// Luma samples of a stream, as long as at least `fewest` frames remain.
        package var samples: Int

        package init(frames: Int = 60, samples: Int = 60_000_000) {
            self.frames = frames
            self.samples = samples
        }

        /// Frames below which no stream shows anything.
        package static let fewest = 4

        /// Frames of pictures of this size at this rate.
        package func frames(_ size: Resolution, rate: Int) -> Int {
            max(Self.fewest, min(frames, 2 * rate, samples / max(size.pixels, 1)))
        }
    }

    package let level: CertificationLevel
    package let streams: [CertificationStream]

    package init(_ level: CertificationLevel, budget: Budget = Budget()) {
        self.level = level
        streams = StreamPlanner(level: level, shape: PictureShape(level), budget: budget).streams
    }
}
