/// Looks whether the picture from before a step comes back after it, or the one after it was there before: a flash, a
/// strobe or a fault of the source, but no cut.
struct ReturnSearch {
    /// Frames within which a picture that comes back tells no cut.
    private static let far = 11
    /// Longest flash, frames.
    private static let flash = 6
    /// The picture has come back when the unexplained falls to this part of the step's: at once after a flash, in which
    /// things move on, and later.
    private static let afterFlash: Float = 0.8
    private static let later: Float = 0.42

    /// First frame after the step.
    let frame: Int
    /// Distance of palettes up to which pictures are compared at all, code values.
    let samePalette: Float

    /// - Parameter step: How much is unexplained across the step.
    func finds(less step: Float, _ window: inout FrameWindow) -> Bool {
        for distance in 1...Self.far {
            let enough = step * (distance <= Self.flash ? Self.afterFlash : Self.later)
            if isAlike(frame + distance, frame - 1, enough, &window)
                || isAlike(frame, frame - 1 - distance, enough, &window)
            {
                return true
            }
        }
        return false
    }

    private func isAlike(_ new: Int, _ old: Int, _ enough: Float, _ window: inout FrameWindow) -> Bool {
        guard window.holds(new), window.holds(old) else { return false }
        guard window.paletteDistance(new, old) < samePalette else { return false }
        return window.leastUnexplained(new, from: old) < enough
    }
}
