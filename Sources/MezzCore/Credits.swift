/// A stretch of text cards or rolling text at the beginning or the end of a title: where a player offers to skip.
package struct Credits: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case opening
        case closing
    }

    package let kind: Kind
    /// From the first card to the last.
    package let frames: FrameRange

    package init(kind: Kind, frames: FrameRange) {
        self.kind = kind
        self.frames = frames
    }
}
