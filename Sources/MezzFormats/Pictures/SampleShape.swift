/// The shape of a sample (pixel), as the VUI parameters give it (H.264 and H.265 Table E-1).
package struct SampleShape: Hashable, Sendable {
    package let width: Int
    package let height: Int

    /// By aspect_ratio_idc from 1.
    private static let shapes = [
        (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11), (80, 33), (18, 11), (15, 11),
        (64, 33), (160, 99), (4, 3), (3, 2), (2, 1),
    ]
    private static let extended = 255

    /// Reads aspect_ratio_idc and what follows it; `nil` where that says nothing.
    static func read(_ bits: inout BitReader) throws(FormatError) -> SampleShape? {
        let index = try bits.bits(8)
        if index == extended { return SampleShape(width: try bits.bits(16), height: try bits.bits(16)) }
        guard index > 0, index <= shapes.count else { return nil }
        return SampleShape(width: shapes[index - 1].0, height: shapes[index - 1].1)
    }
}
