import MezzPixels

/// Motion over time: motion2 and motion3 of all frames from the differences between them.
///
/// They look ahead one frame, so they are known only when the frame behind is.
struct MotionSeries: Sendable {
    let options: MotionOptions
    /// Per frame of the reference, in order: how much it differs from the one before (in a five-frame window: from
    /// the one before that).
    private(set) var differences: [Double] = []

    init(_ options: MotionOptions) {
        self.options = options
    }

    mutating func append(_ difference: Double) {
        differences.append(options.forcesZero ? 0 : min(difference, options.maximum))
    }

    /// Frames between the two that are compared, and 1.
    private var reach: Int { options.fiveFrameWindow ? 2 : 1 }

    /// Frames around a range that have to be pushed for the range to score as in the whole title.
    static func neighbours(_ options: MotionOptions) -> (before: Int, after: Int) {
        guard !options.forcesZero else { return (0, 0) }
        let before = options.fiveFrameWindow ? 3 : 1
        // In a five-frame window a title's first frame takes the motion of its third.
        return (before + (options.movingAverage ? 1 : 0), options.fiveFrameWindow ? 2 : 1)
    }

    /// motion2: the smaller of the differences on both sides, so that a cut does not count as motion.
    func motion2(_ frame: Int) -> Double {
        guard frame >= reach else { return 0 }
        guard frame + 1 < differences.count else { return differences[frame] }
        let ahead = differences[frame + 1]
        let behind = frame - reach + 1
        return behind >= reach ? min(differences[behind], ahead) : ahead
    }

    /// motion3: motion2 limited, without the zero of the first frames, smoothed when the options say so.
    func motion3(_ frame: Int) -> Double {
        guard frame >= reach else { return start }
        let value = limited(motion2(frame))
        guard options.movingAverage else { return value }
        return (value + (frame > reach ? limited(motion2(frame - 1)) : start)) / 2
    }

    /// What the frames without a predecessor get.
    private var start: Double { differences.count > reach ? limited(differences[reach]) : 0 }

    /// libvmaf's blend at its default factor 1 leaves the limit alone.
    private func limited(_ value: Double) -> Double { min(value, options.maximum) }
}
