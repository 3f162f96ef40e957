import Foundation

/// What speaks for and against a cut before a frame.
struct CutEvidence {
    /// Frames compared on both sides.
    static let near = 3
    /// Frames within which a picture that comes back tells a flash.
    static let far = 11
    /// A picture of which this share stays where it is changes in part: a dialog opens, a graphic appears. Between
    /// two shots a fortieth at most was seen to stay.
    private static let stays: Float = 0.1

    /// The old picture has come back, after a flash or a fault, when the unexplained falls to this part of the jump's.
    private static let comesBack: Float = 0.42

    /// Distance of palettes (code values) that pictures of one shot have at times.
    private static let samePalette: Float = 8

    /// Least luma and structure unexplained over pairs of a frame before and one after.
    var luma: Float = 1
    var structure: Float = 1
    /// Least unexplained of any later frame from the one before, and of the frame from any earlier one.
    var lumaReturn: Float = 1
    var structureReturn: Float = 1
    /// Greatest unexplained between neighbours, before and after.
    var before: Float = 0
    var after: Float = 0
    /// Least change of palette over the pairs.
    var palette: Float = .greatestFiniteMagnitude
    /// Share of the detail that stays where it is.
    var kept: Float = 0

    /// - Parameter steps: For every frame how little of it is explained by the one before.
    /// - Returns: `nil` when a pair of the pictures around is alike, much of the picture stays, or the old one comes back.
    init?(at frame: Int, in window: inout FrameWindow, steps: [Float]) {
        let old = max(window.first, frame - Self.near)..<frame
        let new = frame..<min(window.end, frame + Self.near)
        let left = (max(1, frame - Self.near)..<frame).map { steps[$0] }.max()
        let right = (frame + 1..<max(frame + 1, min(window.end, frame + 1 + Self.near))).map { steps[$0] }.max()
        before = left ?? right ?? 0
        after = right ?? left ?? 0
        // Nearest pairs first: most candidates end there.
        for distance in 1..<2 * Self.near {
            for to in new where old.contains(to - distance) {
                let (luma, structure) = window.unexplained(to, from: to - distance)
                self.luma = min(self.luma, luma)
                self.structure = min(self.structure, structure)
                guard min(self.luma, self.structure) > max(0.25, max(before, after) - 0.02) else { return nil }
            }
        }
        let area = window[frame].area.union(window[frame - 1].area)
        kept = FieldMath.kept(window[frame].fields, window[frame - 1].fields, in: area)
        guard kept < Self.stays else { return nil }
        comparePalettes(old, new, window)
        findReturns(frame, &window)
        guard min(lumaReturn, structureReturn) > Self.comesBack * min(luma, structure) else { return nil }
    }

    private mutating func findReturns(_ frame: Int, _ window: inout FrameWindow) {
        // A flat picture explains a smooth one whatever its colour: what comes back has its old colours too.
        let alike = max(Self.samePalette, palette / 2)
        func see(_ new: Int, from old: Int) {
            let palettes = (FieldMath.palette(window[new].fields), FieldMath.palette(window[old].fields))
            guard FieldMath.paletteDistance(palettes.0, palettes.1) < alike else { return }
            let pair = window.unexplained(new, from: old, step: 2)
            if min(pair.luma, pair.structure) < min(lumaReturn, structureReturn) {
                lumaReturn = pair.luma
                structureReturn = pair.structure
            }
        }
        for distance in 1...Self.far {
            if frame + distance < window.end {
                see(frame + distance, from: frame - 1)
            }
            if frame - 1 - distance >= window.first {
                see(frame, from: frame - 1 - distance)
            }
        }
    }

    private mutating func comparePalettes(_ old: Range<Int>, _ new: Range<Int>, _ window: FrameWindow) {
        let palettes = (old.lowerBound..<new.upperBound).map { FieldMath.palette(window[$0].fields) }
        for from in old {
            for to in new {
                palette = min(
                    palette,
                    FieldMath.paletteDistance(palettes[from - old.lowerBound], palettes[to - old.lowerBound]))
            }
        }
    }

    /// The measurements as the model takes them.
    var measurements: [Float] {
        let margin = min(luma, structure) - max(before, after)
        return [structure, min(lumaReturn, structureReturn), margin, log(palette + 0.3), kept]
    }
}
