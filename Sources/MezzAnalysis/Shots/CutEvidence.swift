import Foundation

/// What speaks for and against a cut before a frame.
struct CutEvidence {
    /// Frames compared on both sides.
    static let near = 3
    /// A picture of which this share stays where it is changes in part: a dialog opens, a graphic appears. Between
    /// two shots a fortieth at most was seen to stay.
    private static let stays: Float = 0.1

    /// Least luma and structure unexplained over pairs of a frame before and one after.
    private(set) var luma: Float = 1
    private(set) var structure: Float = 1
    /// Greatest unexplained between neighbours, before and after.
    private(set) var before: Float = 0
    private(set) var after: Float = 0
    /// Least luma unexplained over the pairs once both are in the same light.
    private(set) var toned: Float = 1
    /// Share of the detail that stays where it is.
    private let kept: Float
    private let palettes: PaletteEvidence

    /// - Parameter steps: For every frame how little of it is explained by the one before.
    /// - Returns: `nil` when a pair of the pictures around is alike, much of the picture stays, or the old one comes back.
    init?(at frame: Int, in window: inout FrameWindow, steps: [Float]) {
        let area = window[frame].area.union(window[frame - 1].area)
        kept = FieldMath.kept(window[frame].fields, window[frame - 1].fields, in: area)
        guard kept < Self.stays else { return nil }
        let old = max(window.first, frame - Self.near)..<frame
        let new = frame..<min(window.end, frame + Self.near)
        palettes = PaletteEvidence(old: old, new: new, in: &window)
        let left = (max(1, frame - Self.near)..<frame).map { steps[$0] }.max()
        let right = (frame + 1..<max(frame + 1, min(window.end, frame + 1 + Self.near))).map { steps[$0] }.max()
        before = left ?? right ?? 0
        after = right ?? left ?? 0
        guard comparePairs(old, new, &window) else { return nil }
        // A flat picture explains a smooth one whatever its colour: what comes back has its old colours too.
        let search = ReturnSearch(frame: frame, samePalette: palettes.alike)
        guard !search.finds(less: min(luma, structure), &window) else { return nil }
        for to in new {
            for from in old { toned = min(toned, window.tonedLuma(to, from: from)) }
        }
    }

    /// - Returns: Whether all pairs differ more than neighbours around do.
    private mutating func comparePairs(_ old: Range<Int>, _ new: Range<Int>, _ window: inout FrameWindow) -> Bool {
        // Nearest pairs first: most candidates end there.
        for distance in 1..<2 * Self.near {
            for to in new where old.contains(to - distance) {
                let (luma, structure) = window.unexplained(to, from: to - distance)
                self.luma = min(self.luma, luma)
                self.structure = min(self.structure, structure)
                guard min(self.luma, self.structure) > max(0.25, max(before, after) - 0.02) else { return false }
            }
        }
        return true
    }

    /// The measurements as the model takes them.
    var measurements: [Float] {
        let least = min(luma, structure)
        return [
            structure, least, least - max(before, after), log(palettes.change + 0.3), kept, log(palettes.unrest + 0.3),
            toned / least, log(palettes.back),
        ]
    }
}
