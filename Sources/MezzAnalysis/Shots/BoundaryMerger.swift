import MezzCore

/// Brings cuts, gradual transitions and fades into one list without contradictions.
struct BoundaryMerger {
    let frames: Int
    let passages: [FadeFinder.Passage]

    func merged(cuts: [ShotBoundary], blends: [ShotBoundary]) -> [ShotBoundary] {
        let cuts = cuts.filter { cut in !passages.contains { Self.explains($0, cut) } }
        let blends = blends.filter { blend in
            !passages.contains { $0.frames.overlaps(blend.range.indices) }
                && !cuts.contains { blend.range.first <= $0.frame && $0.frame <= blend.range.end }
        }
        return (cuts + blends + passages.flatMap(fades)).sorted { $0.frame < $1.frame }
    }

    /// Probability from which a jump where a fade begins or ends is a cut beside it: a fade's own steps are even.
    private static let certain = 0.9

    /// Whether a jump is part of the fade and not its hard side.
    private static func explains(_ passage: FadeFinder.Passage, _ cut: ShotBoundary) -> Bool {
        let frame = cut.frame
        let ends = [passage.out?.lowerBound, passage.into?.upperBound].compactMap(\.self)
        if cut.confidence >= certain, ends.contains(where: { abs($0 - frame) <= 1 }) { return false }
        let low = passage.out.map { $0.lowerBound - 1 } ?? passage.flat.lowerBound + 1
        let high = passage.into.map { $0.upperBound + 1 } ?? passage.flat.upperBound - 1
        return low <= frame && frame <= high
    }

    private func fades(_ passage: FadeFinder.Passage) -> [ShotBoundary] {
        let flat = passage.flat
        // Nothing comes before a fade that opens the title, nothing after one that closes it.
        if passage.into == nil, flat.upperBound >= frames { return [] }
        if passage.out == nil, flat.lowerBound == 0 { return [] }
        if let into = passage.into {
            let range = passage.out.map { $0.lowerBound..<into.upperBound } ?? into
            return [boundary(into.lowerBound, range)]
        }
        guard let out = passage.out else { return [] }
        // After a stretch of black the cut out of it is a boundary of its own.
        return [boundary(flat.lowerBound, out)]
    }

    private func boundary(_ frame: Int, _ range: Range<Int>) -> ShotBoundary {
        ShotBoundary(
            frame: frame, transition: .fade, range: FrameRange(first: range.lowerBound, end: range.upperBound),
            confidence: 0.95)
    }
}
