package import MezzCore

/// A change of shot.
package struct ShotBoundary: Hashable, Sendable {
    /// First frame of the new shot; inside a gradual change the middle, in a fade the frame on which the picture
    /// begins to come back.
    package let frame: Int
    package let transition: Transition
    /// Frames that show both shots, or one faded; empty for a cut.
    package let range: FrameRange
    /// 0…1.
    package let confidence: Double

    package init(frame: Int, transition: Transition, range: FrameRange, confidence: Double) {
        self.frame = frame
        self.transition = transition
        self.range = range
        self.confidence = confidence
    }
}
