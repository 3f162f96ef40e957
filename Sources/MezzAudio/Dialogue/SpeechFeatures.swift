/// One vector of `WindowStatistics` for every half second of a channel.
struct SpeechFeatures {
    /// Steps of 100 ms for which one decision stands.
    static let stepsPerDecision = 5
    static let secondsPerDecision = 0.5
    /// Seconds that are looked at before and after the half second itself.
    private static let context = 0.75
    private static let framesPerSecond = Double(SpectralAnalyzer.sampleRate) / Double(SpectralAnalyzer.hop)

    private var resampler: Resampler
    private var analyzer = SpectralAnalyzer()
    private var frames: [SpectralFrame] = []
    /// Frames that were dropped from the front of `frames`.
    private var dropped = 0
    private var decisions = 0

    /// A half second's vector and its level.
    struct Window {
        let vector: [Float]
        /// dB over full scale: of the half second's loudest frame.
        let level: Float
    }

    init(sampleRate: Int) {
        resampler = Resampler(from: sampleRate, to: SpectralAnalyzer.sampleRate)
    }

    /// Adds samples and hands out the windows that they complete.
    mutating func process(_ samples: [Float]) -> [Window] {
        frames += analyzer.process(resampler.process(samples))
        var windows: [Window] = []
        while range(of: decisions).upperBound <= dropped + frames.count { windows.append(next()) }
        return windows
    }

    /// The windows that end with the sound, `total` altogether.
    mutating func finish(total: Int) -> [Window] {
        var windows: [Window] = []
        while decisions < total { windows.append(next()) }
        return windows
    }

    private func range(of decision: Int) -> Range<Int> {
        let start = Double(decision) * Self.secondsPerDecision
        let first = Int((start - Self.context) * Self.framesPerSecond)
        return max(0, first)..<Int((start + Self.secondsPerDecision + Self.context) * Self.framesPerSecond)
    }

    private mutating func next() -> Window {
        let wanted = range(of: decisions)
        let (low, high) = (wanted.lowerBound - dropped, min(wanted.upperBound - dropped, frames.count))
        defer {
            decisions += 1
            let done = max(0, min(range(of: decisions).lowerBound - dropped, frames.count))
            frames.removeFirst(done)
            dropped += done
        }
        guard high - low >= WindowStatistics.fewestFrames else {
            return Window(vector: Array(repeating: 0, count: WindowStatistics.count), level: -200)
        }
        return Window(vector: WindowStatistics.vector(frames[low..<high]), level: ownLevel(low, high))
    }

    private func ownLevel(_ low: Int, _ high: Int) -> Float {
        let start = Int(Double(decisions) * Self.secondsPerDecision * Self.framesPerSecond) - dropped
        let end = min(high, start + Int(Self.secondsPerDecision * Self.framesPerSecond))
        guard start < end else { return -200 }
        return frames[max(low, start)..<end].map(\.level).max() ?? -200
    }
}
