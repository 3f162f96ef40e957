import MezzAudio
import MezzCore

/// What `mezz loudness` found, in the shape of its JSON.
struct LoudnessReport: Encodable {
    /// A track that was measured, or could not be.
    struct Row {
        let track: TrackList.Track
        /// `nil` when the track cannot be measured; a finding says why.
        let survey: SoundSurvey?
        /// `nil` without a rule and without a measurement.
        let normalization: Normalization?
        let findings: [Finding]
    }

    let source: String
    let spec: LoudnessSpec?
    let rule: LoudnessRule?
    let rows: [Row]

    /// Whether every track was measured and keeps the rule.
    var passed: Bool { !rows.contains { $0.findings.contains { $0.severity == .error } } }

    init(
        source: String, rule: LoudnessRule?, spec: LoudnessSpec?, tracks: [TrackList.Track], outcomes: [TrackOutcome]
    ) {
        self.source = source
        self.spec = spec
        self.rule = rule
        rows = zip(tracks, outcomes).map { track, outcome in
            switch outcome {
            case .measured(let survey):
                return Row(
                    track: track, survey: survey,
                    normalization: rule.map { Normalization(survey.loudness, rule: $0) },
                    findings: survey.findings
                        + (rule?.findings(survey.loudness, stream: track.stream) ?? []))
            case .refused(let failure):
                let finding = Finding(
                    "audio.not-measured", .error, failure.what, place: Finding.Place(stream: String(track.stream)),
                    remedy: failure.remedy)
                return Row(track: track, survey: nil, normalization: nil, findings: [finding])
            }
        }
    }

    private enum CodingKeys: String, CodingKey { case source, spec, rule, passed, tracks }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(source, forKey: .source)
        try container.encode(spec, forKey: .spec)
        try container.encode(rule.map(RuleDocument.init), forKey: .rule)
        try container.encode(passed, forKey: .passed)
        try container.encode(rows, forKey: .tracks)
    }
}

private struct RuleDocument: Encodable {
    let rule: LoudnessRule

    private enum CodingKeys: String, CodingKey {
        case programme = "programme_lkfs"
        case tolerance = "tolerance_lu"
        case dialogue = "dialogue_lkfs"
        case leastDialogue = "least_dialogue_share"
        case truePeak = "true_peak_dbtp"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rule.programme.loudness, forKey: .programme)
        try container.encode(rule.programme.tolerance, forKey: .tolerance)
        try container.encode(rule.dialogue?.loudness, forKey: .dialogue)
        try container.encode(rule.dialogue == nil ? nil : rule.leastDialogue, forKey: .leastDialogue)
        try container.encode(rule.truePeak, forKey: .truePeak)
    }
}

extension LoudnessReport.Row: Encodable {
    private enum CodingKeys: String, CodingKey {
        case stream
        case language
        case codec
        case channels
        case layout
        case isLayoutAssumed = "layout_assumed"
        case sampleRate = "sample_rate"
        case seconds
        case integrated = "integrated_lkfs"
        case range = "range_lu"
        case momentary = "momentary_max_lkfs"
        case shortTerm = "short_term_max_lkfs"
        case truePeak = "true_peak_dbtp"
        case samplePeak = "sample_peak_dbfs"
        case dialogue
        case gain = "gain_db"
        case isPeakLimited = "gain_peak_limited"
        case segments
        case findings
    }

    private enum DialogueKeys: String, CodingKey {
        case integrated = "integrated_lkfs"
        case range = "range_lu"
        case share
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(track.stream, forKey: .stream)
        try container.encode(track.language, forKey: .language)
        try container.encode(track.codec, forKey: .codec)
        try container.encode(findings, forKey: .findings)
        try container.encode(survey?.map.speakers.count ?? track.channels, forKey: .channels)
        try container.encode(survey?.map.text, forKey: .layout)
        try container.encode(survey?.map.isAssumed, forKey: .isLayoutAssumed)
        try container.encode(survey?.sampleRate, forKey: .sampleRate)
        try container.encode(survey?.seconds.rounded(3), forKey: .seconds)
        try container.encode(normalization?.gain.rounded(2), forKey: .gain)
        try container.encode(normalization?.isPeakLimited, forKey: .isPeakLimited)
        try container.encode(survey?.segments ?? [], forKey: .segments)
        try encode(survey?.loudness, into: &container)
    }

    private func encode(_ loudness: Loudness?, into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        let values: [(CodingKeys, Double?)] = [
            (.integrated, loudness?.integrated), (.range, loudness?.range), (.momentary, loudness?.momentaryMaximum),
            (.shortTerm, loudness?.shortTermMaximum), (.truePeak, loudness?.truePeak),
            (.samplePeak, loudness?.samplePeak),
        ]
        for (key, value) in values { try container.encode(value?.rounded(2), forKey: key) }
        guard let dialogue = loudness?.dialogue else { return try container.encodeNil(forKey: .dialogue) }
        var inner = container.nestedContainer(keyedBy: DialogueKeys.self, forKey: .dialogue)
        try inner.encode(dialogue.integrated?.rounded(2), forKey: .integrated)
        try inner.encode(dialogue.range.rounded(2), forKey: .range)
        try inner.encode(dialogue.share.rounded(4), forKey: .share)
    }
}

extension Double {
    fileprivate func rounded(_ places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
