/// Cues that are shown at once in one place, and cues out of order.
enum OverlapCheck {
    static func check(_ cues: [TextCue], _ findings: inout TextFindings) {
        for (before, cue) in zip(cues, cues.dropFirst()) where cue.start < before.start {
            findings.add(
                .cueOrder, "comes after a cue that begins at \(TextTiming.seconds(before.start)) s", at: cue.start)
        }
        // The latest end so far in each place: one pass over the cues by their start.
        var ends: [TextPlacement: Int] = [:]
        let sorted = cues.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
        for (_, cue) in sorted where cue.end > cue.start && !cue.isEmpty {
            if let end = ends[cue.placement], end > cue.start {
                findings.add(
                    .cueOverlap, "begins \(TextTiming.seconds(end - cue.start)) s before the one before it ends",
                    at: cue.start)
            }
            ends[cue.placement] = max(cue.end, ends[cue.placement] ?? 0)
        }
    }
}
