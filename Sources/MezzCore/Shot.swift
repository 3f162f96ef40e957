/// What opens a shot.
package enum Transition: String, Codable, Sendable {
    case start
    case cut
    case dissolve
    case fade
}

/// A run of frames between two transitions.
package struct Shot: Hashable, Codable, Sendable {
    package let index: Int
    package let frames: FrameRange
    package let transition: Transition
    /// 0…1; how sure the detector is of the transition that opens the shot.
    package let confidence: Double

    package init(index: Int, frames: FrameRange, transition: Transition, confidence: Double) {
        self.index = index
        self.frames = frames
        self.transition = transition
        self.confidence = confidence
    }
}
