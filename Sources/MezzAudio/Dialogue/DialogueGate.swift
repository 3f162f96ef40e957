/// Loudness over the stretches with speech.
enum DialogueGate {
    /// - Parameter kinds: What is heard in each half second.
    static func loudness(_ trace: LoudnessTrace, _ kinds: [SoundSegment.Kind]) -> DialogueLoudness {
        let speech = trace.keeping { step in
            let number = step / SpeechFeatures.stepsPerDecision
            return number < kinds.count && kinds[number] == .speech
        }
        let share = trace.energies.isEmpty ? 0 : Double(speech.energies.count) / Double(trace.energies.count)
        return DialogueLoudness(integrated: speech.ungated, range: speech.range, share: share)
    }

    /// Half seconds of one kind in a row become one segment; the last one ends with the programme.
    static func segments(_ kinds: [SoundSegment.Kind], seconds: Double) -> [SoundSegment] {
        var segments: [SoundSegment] = []
        for (number, kind) in kinds.enumerated() {
            let start = Double(number) * SpeechFeatures.secondsPerDecision
            let end = number == kinds.count - 1 ? seconds : start + SpeechFeatures.secondsPerDecision
            guard start < end else { break }
            if let last = segments.last, last.kind == kind {
                segments[segments.count - 1] = SoundSegment(kind: kind, start: last.start, end: end)
            } else {
                segments.append(SoundSegment(kind: kind, start: start, end: end))
            }
        }
        return segments
    }
}
