package import MezzFormats

/// One sample of a video track as the rules look at it: what its headers and its place in the file say. A title has
/// hundreds of thousands of them.
package struct StreamPicture: Hashable, Sendable {
    /// What is or is not so of a picture.
    package struct Traits: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The container says that decoding can start here.
        package static let isSync = Traits(rawValue: 1)
        /// It brings parameter sets that are already known.
        package static let repeatsParameters = Traits(rawValue: 2)
        /// It brings parameter sets that differ from those before.
        package static let changesParameters = Traits(rawValue: 4)
        /// It begins a fragment of the file.
        package static let opensFragment = Traits(rawValue: 8)
        /// A decoder adds film grain to what it shows of it (AV1).
        package static let hasGrain = Traits(rawValue: 16)
    }

    /// Of the whole sample.
    package var bytes: UInt32
    /// In the track's clock.
    package var decodeTime: Int
    /// From decoding to showing, in the track's clock.
    package var shift: Int32
    /// In the track's clock.
    package var duration: UInt32
    /// How decoding can start at it, by its own headers.
    package var access: RandomAccess
    /// Whether it precedes its random access point in display, and needs what was before that.
    package var leading: LeadingKind
    package var traits: Traits
    /// Frames that a decoder makes of it: AV1 hides some in a temporal unit with another.
    package var frames: UInt8
    /// Of those, frames that are shown.
    package var shown: UInt8
    /// Tiles of its largest frame.
    package var tiles: UInt16
    /// Slices of AVC, slice segments of HEVC; 1 of AV1.
    package var slices: UInt16

    package init(
        bytes: UInt32, decodeTime: Int, shift: Int32 = 0, duration: UInt32, access: RandomAccess = .none,
        leading: LeadingKind = .none, traits: Traits = [], frames: UInt8 = 1, shown: UInt8 = 1, tiles: UInt16 = 1,
        slices: UInt16 = 1
    ) {
        self.bytes = bytes
        self.decodeTime = decodeTime
        self.shift = shift
        self.duration = duration
        self.access = access
        self.leading = leading
        self.traits = traits
        self.frames = frames
        self.shown = shown
        self.tiles = tiles
        self.slices = slices
    }

    package var bits: Double { 8 * Double(bytes) }
    package var presentationTime: Int { decodeTime + Int(shift) }
    /// Nothing after it needs anything before it.
    package var isClosedEntry: Bool { access == .idr || access == .idrWithLeading }
}
