import MezzAudio
import MezzCore
import MezzPipeline

/// What `mezz analyze` found, in the shape of its JSON.
struct Analysis: Encodable, Sendable {
    /// A sound track; no loudness when it holds no samples.
    struct Audio: Sendable {
        let track: AudioStreamInfo
        let loudness: Loudness?
    }

    let frameRate: Rational
    let shots: [(shot: Shot, complexity: ShotComplexity)]
    let credits: [Credits]
    let title: TitleComplexity
    let audio: [Audio]

    var frames: Int { shots.last?.shot.frames.end ?? 0 }

    private enum CodingKeys: String, CodingKey {
        case frames
        case frameRate = "frame_rate"
        case average
        case p95
        case category
        case multiplier
        case shots
        case credits
        case audio
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(frames, forKey: .frames)
        try container.encode(frameRate, forKey: .frameRate)
        try container.encode(title.average.rounded(places: 3), forKey: .average)
        try container.encode(title.p95.rounded(places: 3), forKey: .p95)
        try container.encode(title.category, forKey: .category)
        try container.encode(title.multiplier, forKey: .multiplier)
        let entries = shots.map { AnalyzedShot(shot: $0.shot, complexity: $0.complexity, frameRate: frameRate) }
        try container.encode(entries, forKey: .shots)
        try container.encode(credits.map { Report.Credits($0, frameRate: frameRate) }, forKey: .credits)
        try container.encode(audio, forKey: .audio)
    }
}

extension Analysis.Audio: Encodable {
    private enum CodingKeys: String, CodingKey {
        case stream
        case language
        case channels
        case integrated
        case range
        case truePeak = "true_peak"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(track.stream, forKey: .stream)
        try container.encode(track.language, forKey: .language)
        try container.encode(track.channels, forKey: .channels)
        // Null for silence and for tracks without samples.
        try container.encode(loudness?.integrated, forKey: .integrated)
        try container.encode(loudness?.range, forKey: .range)
        try container.encode(loudness?.truePeak, forKey: .truePeak)
    }
}

/// One shot in the JSON.
private struct AnalyzedShot: Encodable {
    let shot: Shot
    let complexity: ShotComplexity
    let frameRate: Rational

    private enum CodingKeys: String, CodingKey {
        case index
        case firstFrame = "first_frame"
        case endFrame = "end_frame"
        case startSeconds = "start_seconds"
        case seconds
        case spatial
        case temporal
        case si
        case ti
        case grain
        case luminance
        case colourfulness
        case score
        case isStatic = "is_static"
        case isBlack = "is_black"
        case bars
        case samples
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(shot.index, forKey: .index)
        try container.encode(shot.frames.first, forKey: .firstFrame)
        try container.encode(shot.frames.end, forKey: .endFrame)
        try container.encode(frameRate.seconds(ofFrame: shot.frames.first).rounded(places: 6), forKey: .startSeconds)
        try container.encode(frameRate.seconds(ofFrame: shot.frames.count).rounded(places: 6), forKey: .seconds)
        let measures: [(CodingKeys, Double)] = [
            (.spatial, complexity.spatial), (.temporal, complexity.temporal), (.si, complexity.si),
            (.ti, complexity.ti), (.grain, complexity.grain), (.luminance, complexity.luminance),
            (.colourfulness, complexity.colourfulness), (.score, complexity.score),
        ]
        for (key, value) in measures { try container.encode(value.rounded(places: 3), forKey: key) }
        try container.encode(complexity.isStatic, forKey: .isStatic)
        try container.encode(complexity.isBlack, forKey: .isBlack)
        try container.encode(complexity.bars, forKey: .bars)
        try container.encode(complexity.samples, forKey: .samples)
    }
}

extension Double {
    fileprivate func rounded(places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
