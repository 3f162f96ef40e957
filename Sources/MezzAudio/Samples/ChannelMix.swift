/// One channel out of interleaved ones.
enum ChannelMix {
    /// The mean of all channels.
    static func mean(_ samples: [Float], _ channels: Int) -> [Float] {
        guard channels > 1 else { return samples }
        return mean(samples, channels, of: Array(0..<channels))
    }

    /// The mean of some channels.
    static func mean(_ samples: [Float], _ channels: Int, of chosen: [Int]) -> [Float] {
        guard channels > 0, !chosen.isEmpty else { return [] }
        let scale = 1 / Float(chosen.count)
        return (0..<samples.count / channels).map { frame in
            var sum: Float = 0
            for channel in chosen { sum += samples[frame * channels + channel] }
            return sum * scale
        }
    }
}
