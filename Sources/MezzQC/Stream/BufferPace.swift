/// How a joined stream passes through the buffer that its encoders were given (VBV), part by part.
///
/// Every part was encoded as if its buffer began nearly full; behind a part that left it nearly empty it can run dry,
/// though each part alone keeps its limits.
package struct BufferPace: Sendable {
    /// One of the parts that were joined.
    package struct Part: Hashable, Codable, Sendable {
        /// How full the buffer is before its first frame is taken, 0 to 1.
        package let fullness: Double
        /// Bits that its worst frame lacks; 0 when all come in time.
        package let missing: Double

        package init(fullness: Double, missing: Double) {
            self.fullness = fullness
            self.missing = missing
        }
    }

    /// How full encoders take the buffer to be when a stream begins (x264's and x265's `vbv-init`).
    package static let usualFullness = 0.9
    /// Part of the buffer that a frame may lack: lengths and delimiters are not the encoder's.
    static let tolerance = 0.01

    /// Bits a second.
    let rate: Double
    /// Bits.
    let size: Double

    package init(rate: Int, size: Int) {
        self.rate = Double(rate)
        self.size = Double(size)
    }

    /// - Parameters:
    ///   - bytes: Of all frames, in decode order.
    ///   - counts: Frames of each part.
    ///   - frameSeconds: From one frame to the next.
    package func parts(bytes: [Int], counts: [Int], frameSeconds: Double) -> [Part] {
        var bucket = LeakyBucket(rate: rate, size: size, fullness: Self.usualFullness)
        var parts: [Part] = []
        var frame = 0
        for count in counts {
            let fullness = max(0, bucket.level) / size
            var worst = 0.0
            for _ in 0..<count where frame < bytes.count {
                worst = max(worst, bucket.take(bits: Double(bytes[frame]) * 8))
                // A rate that rounding makes a little higher must not add up over hours.
                bucket.fill(seconds: LevelLimits.slack * frameSeconds)
                frame += 1
            }
            parts.append(Part(fullness: fullness, missing: worst > Self.tolerance * size ? worst : 0))
        }
        return parts
    }
}
