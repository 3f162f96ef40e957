/// A level of AV1 and what it allows (Annex A.3).
package struct AV1Level: Sendable, Hashable {
    /// seq_level_idx, 0...19 for the levels that are defined.
    package let index: Int
    /// Luma samples of a picture.
    package let maxPictureSize: Int
    package let maxWidth: Int
    package let maxHeight: Int
    /// Luma samples a second, shown and decoded.
    package let maxDisplayRate: Int
    package let maxDecodeRate: Int
    /// Frame headers a second, without those that show a frame again.
    package let maxHeaderRate: Int
    /// Thousands of bits a second in the Main tier and profile.
    package let mainKilobits: Int
    /// In the High tier; `nil` below 4.0, where there is none.
    package let highKilobits: Int?
    /// Least compression at the greatest rate (MainCR, HighCR).
    package let mainCompression: Int
    package let highCompression: Int?
    package let maxTiles: Int
    package let maxTileColumns: Int

    /// "5.1"
    package var name: String { "\(2 + index / 4).\(index % 4)" }

    /// The index of no level: the stream keeps to none of the limits.
    package static let none = 31

    /// The level of a seq_level_idx; `nil` where none is defined.
    package static func numbered(_ index: Int) -> AV1Level? { all.first { $0.index == index } }

    /// Bits a second that a stream may take; as many bits are the greatest size of its buffer.
    /// - Parameter profile: seq_profile, 0...2: the higher ones may take twice and three times as much.
    /// - Returns: `nil` where the level has no such tier.
    package func maxBitrate(isHighTier: Bool, profile: Int) -> Int? {
        let kilobits = isHighTier ? highKilobits : mainKilobits
        return kilobits.map { $0 * 1000 * (profile + 1) }
    }

    /// Times that a frame must be smaller than its samples: the level's largest picture over the frame's bytes.
    /// - Parameter decodeRate: Luma samples decoded a second.
    package func minCompression(isHighTier: Bool, decodeRate: Double, isStillPicture: Bool) -> Double {
        let basis = isHighTier ? highCompression ?? mainCompression : mainCompression
        let speed = isStillPicture ? 0 : decodeRate / Double(maxDisplayRate)
        return max(0.8, Double(basis) * speed)
    }
}
