/// What decides the bits of a rung.
package enum RateControl: String, Codable, Sendable, CaseIterable {
    /// A CRF for each shot, under the limits of the buffer.
    case crf
    /// Two passes towards the rung's bitrate.
    case twoPass = "two-pass"
}

/// The buffer model (VBV) of a rung, relative to its mean bitrate.
package struct RateRule: Hashable, Codable, Sendable {
    /// Fill rate of the buffer, times the mean.
    package var maximum: Double
    /// Size of the buffer, in seconds of the mean.
    package var buffer: Double
    /// Whether the limits give way to what the hardest shot needs, and a quarter more.
    package var followsHardestShot: Bool

    package init(maximum: Double, buffer: Double, followsHardestShot: Bool) {
        self.maximum = maximum
        self.buffer = buffer
        self.followsHardestShot = followsHardestShot
    }

    /// Twice the mean, a second of it buffered, and more where a shot is predicted to need it.
    package static let roomy = RateRule(maximum: 2, buffer: 2, followsHardestShot: true)

    /// The VBV of a rung.
    /// - Parameters:
    ///   - mean: Its mean, bits per second.
    ///   - hardest: The rate of its hardest shot, bits per second.
    /// - Returns: Bits per second and bits, in whole kilobits: the encoders take nothing finer.
    package func limits(mean: Double, hardest: Double) -> (peakBps: Int, bufferBits: Int) {
        var peak = max(maximum * mean, Self.leastBps)
        if followsHardestShot { peak = max(peak, 1.25 * hardest) }
        let buffer = peak * self.buffer / maximum
        return (Int((peak / 1000).rounded()) * 1000, Int((buffer / 1000).rounded()) * 1000)
    }

    /// A buffer for less would hold no key frame.
    private static let leastBps = 64_000.0

    /// Ranges that make sense.
    static let maximumRange = 1.0...10.0
    static let bufferRange = 0.25...10.0
}
