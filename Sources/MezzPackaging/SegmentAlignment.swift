import MezzCore

/// Players switch between rungs at segment borders, so the borders of all rungs must be the same, to the tick.
enum SegmentAlignment {
    /// - Throws: `Failure` that names the rung and its first segment out of line.
    static func check(_ rungs: [TrackSegments]) throws(Failure) {
        guard let reference = rungs.first else { return }
        for rung in rungs {
            if let index = rung.segments.firstIndex(where: { !$0.isEntry }) {
                throw failure(rung, index, "does not begin with a key frame that is shown first")
            }
            let pairs = zip(rung.segments, reference.segments)
            if let index = pairs.enumerated().first(where: { !$0.element.0.spans($0.element.1) })?.offset {
                throw failure(rung, index, "does not begin and end with that of \(reference.track.id)")
            }
            if rung.segments.count != reference.segments.count {
                let index = min(rung.segments.count, reference.segments.count)
                throw failure(rung, index, "has no counterpart: \(reference.track.id) has another number of segments")
            }
        }
    }

    private static func failure(_ rung: TrackSegments, _ index: Int, _ what: String) -> Failure {
        Failure(
            .failed, what: "segment \(index + 1) \(what)", place: "rung \(rung.track.id)",
            remedy: "encode the rung again with the title's segment plan")
    }
}

extension TrackSegments.Segment {
    fileprivate func spans(_ other: Self) -> Bool { start == other.start && duration == other.duration }
}
