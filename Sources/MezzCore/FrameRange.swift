/// Frames `[first, end)` in display order.
package struct FrameRange: Hashable, Codable, Sendable, CustomStringConvertible {
    package let first: Int
    package let end: Int

    package init(first: Int, end: Int) {
        precondition(first >= 0 && end >= first, "a frame range runs forward from a frame that exists")
        self.first = first
        self.end = end
    }

    package var count: Int { end - first }
    package var description: String { "[\(first), \(end))" }

    package func contains(_ frame: Int) -> Bool { first <= frame && frame < end }

    /// This range widened by `margin` on both sides, inside `[0, limit)`.
    package func widened(by margin: Int, limit: Int) -> FrameRange {
        FrameRange(first: max(0, first - margin), end: min(limit, end + margin))
    }
}

extension FrameRange {
    /// The frame numbers.
    package var indices: Range<Int> { first..<end }
}
