import MezzCore

/// All rungs of all codecs have the same segment borders.
enum AlignmentCheck {
    static func findings(_ tracks: [PackagedTrack]) -> [Finding] {
        let rungs = tracks.filter { $0.reference.kind == .video }
        guard let reference = rungs.first else { return [] }
        let plan = reference.segments
        return rungs.dropFirst().compactMap { rung in
            let own = rung.segments
            let differing = zip(own, plan).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            guard let index = differing ?? (own.count == plan.count ? nil : min(own.count, plan.count)) else {
                return nil
            }
            return PackageRule.segmentsUnaligned.finding(
                "segment \(index + 1) does not match that of \(reference.reference.id)", stream: rung.reference.id,
                seconds: index < own.count ? own[index].start.value : rung.presentation.end)
        }
    }
}
