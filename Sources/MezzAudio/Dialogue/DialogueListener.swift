/// Listens for speech: in the centre channel first, where there is one, and in the front channels' mean.
struct DialogueListener {
    private let channels: Int
    private let center: Int?
    private let front: [Int]
    private var centerFeatures: SpeechFeatures?
    private var frontFeatures: SpeechFeatures
    private var centerScores: [Score] = []
    private var frontScores: [Score] = []

    private struct Score {
        let speech: Float
        let music: Float
        let level: Float
    }

    /// dBFS; a centre channel quieter than this holds no dialogue, whatever it sounds like.
    private static let quietCenter: Float = -60
    /// dBFS of a half second's loudest 25 ms.
    private static let silence: Float = -70
    private static let threshold: Float = 0.5

    init(sampleRate: Int, map: ChannelMap) {
        channels = map.speakers.count
        center = channels > 1 ? map.channel(of: .frontCenter) : nil
        let named = [Speaker.frontLeft, .frontRight, .frontCenter].compactMap { map.channel(of: $0) }
        front = named.isEmpty ? Array(0..<channels) : named
        centerFeatures = center == nil ? nil : SpeechFeatures(sampleRate: sampleRate)
        frontFeatures = SpeechFeatures(sampleRate: sampleRate)
    }

    /// Takes interleaved samples.
    mutating func hear(_ samples: [Float]) {
        frontScores += frontFeatures.process(ChannelMix.mean(samples, channels, of: front)).map(Self.score)
        if let center, let windows = centerFeatures?.process(ChannelMix.mean(samples, channels, of: [center])) {
            centerScores += windows.map(Self.score)
        }
    }

    private static func score(_ window: SpeechFeatures.Window) -> Score {
        guard let model = SpeechModel.trained, window.level > silence else {
            return Score(speech: 0, music: 0, level: window.level)
        }
        let (speech, music) = model.probabilities(window.vector)
        return Score(speech: speech, music: music, level: window.level)
    }

    /// What is heard in each half second of a programme of `steps` times 100 ms.
    mutating func decide(steps: Int) -> [SoundSegment.Kind] {
        let total = (steps + SpeechFeatures.stepsPerDecision - 1) / SpeechFeatures.stepsPerDecision
        frontScores += frontFeatures.finish(total: total).map(Self.score)
        centerScores += centerFeatures?.finish(total: total).map(Self.score) ?? []
        let scores = frontScores.indices.prefix(total).map { number in
            let front = frontScores[number]
            guard number < centerScores.count, centerScores[number].level > Self.quietCenter else { return front }
            return Score(speech: centerScores[number].speech, music: front.music, level: front.level)
        }
        return scores.indices.map { Self.kind($0, scores) }
    }

    /// The mean of five half seconds decides, the middle one counted most: nobody speaks for half a second alone.
    private static func kind(_ number: Int, _ scores: [Score]) -> SoundSegment.Kind {
        guard scores[number].level > silence else { return .silence }
        if smoothed(number, scores, \.speech) > threshold { return .speech }
        return smoothed(number, scores, \.music) > threshold ? .music : .other
    }

    private static let taps: [Float] = [1, 2, 3, 2, 1]

    private static func smoothed(_ number: Int, _ scores: [Score], _ value: KeyPath<Score, Float>) -> Float {
        var sum: Float = 0
        for (offset, tap) in taps.enumerated() {
            let place = min(max(0, number + offset - taps.count / 2), scores.count - 1)
            sum += tap * scores[place][keyPath: value]
        }
        return sum / taps.reduce(0, +)
    }
}
