/// What opens a shot.
package enum Transition: String, Codable, Sendable {
    case start
    case cut
    case dissolve
    case fade
    case wipe
}

/// A run of frames between two transitions.
package struct Shot: Hashable, Codable, Sendable {
    package let index: Int
    package let frames: FrameRange
    package let transition: Transition
    /// Frames of the gradual transition that opens the shot; `nil` for a cut and for the title's start.
    package let transitionFrames: FrameRange?
    /// 0…1; how sure the detector is of the transition that opens the shot.
    package let confidence: Double

    package init(
        index: Int, frames: FrameRange, transition: Transition, transitionFrames: FrameRange? = nil, confidence: Double
    ) {
        self.index = index
        self.frames = frames
        self.transition = transition
        self.transitionFrames = transitionFrames
        self.confidence = confidence
    }
}
