/// How much of a coded picture is cut off at each side, in luma samples.
package struct PictureCrop: Hashable, Sendable {
    package let left: Int
    package let right: Int
    package let top: Int
    package let bottom: Int

    package static let none = PictureCrop(left: 0, right: 0, top: 0, bottom: 0)

    /// Reads four offsets (left, right, top, bottom) in units of `unit`.
    static func read(_ bits: inout BitReader, unit: (x: Int, y: Int)) throws(FormatError) -> PictureCrop {
        PictureCrop(
            left: try bits.unsigned() * unit.x, right: try bits.unsigned() * unit.x,
            top: try bits.unsigned() * unit.y, bottom: try bits.unsigned() * unit.y)
    }

    /// Throws unless something of a `width` by `height` picture is left.
    func check(width: Int, height: Int, at position: Int) throws(FormatError) {
        guard left + right < width, top + bottom < height else {
            throw FormatError(.invalid, "a crop of the whole picture", at: position)
        }
    }
}
