/// How colour and light as a whole change around a step, wherever in the picture things stand. Code values.
struct PaletteEvidence {
    /// Distance of palettes that pictures of one shot have at times.
    private static let same: Float = 8
    /// Frames within which the palette of before is looked for.
    private static let far = 5

    /// Least change over pairs of a frame before and one after.
    let change: Float
    /// Greatest change within the frames before or within those after: a fire spreads, a cut stands.
    let unrest: Float
    /// How near the palette comes back to what it was, in parts of the step: small after a flash, 1 after a cut.
    let back: Float

    /// Distance up to which palettes belong to one picture.
    var alike: Float { max(Self.same, change / 2) }

    /// - Parameters:
    ///   - old: Frames up to the step.
    ///   - new: Frames from the step on.
    init(old: Range<Int>, new: Range<Int>, in window: inout FrameWindow) {
        let first = max(window.first, new.lowerBound - Self.far)
        let end = min(window.end, new.lowerBound + Self.far)
        var least = Float.infinity
        for from in old {
            for to in new { least = min(least, window.paletteDistance(from, to)) }
        }
        change = least
        unrest = max(
            window.paletteDistance(old.lowerBound, old.upperBound - 1),
            window.paletteDistance(new.lowerBound, new.upperBound - 1))
        let (last, next) = (new.lowerBound - 1, new.lowerBound)
        var nearest = Float.infinity
        for frame in first..<end {
            if frame < last { nearest = min(nearest, window.paletteDistance(frame, next)) }
            if frame > next { nearest = min(nearest, window.paletteDistance(frame, last)) }
        }
        // One code value is noise.
        back = min(1, (nearest + 1) / (window.paletteDistance(last, next) + 1))
    }
}
