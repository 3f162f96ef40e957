/// Where chroma samples lie: chroma_sample_loc_type (H.264 and H.265 Figure E-1), 0 left, 1 centre, 2 top left.
package struct ChromaLocation: Hashable, Sendable {
    package let topField: Int
    package let bottomField: Int

    static func read(_ bits: inout BitReader) throws(FormatError) -> ChromaLocation {
        ChromaLocation(
            topField: try bits.unsigned(upTo: 5, "chroma_sample_loc_type_top_field"),
            bottomField: try bits.unsigned(upTo: 5, "chroma_sample_loc_type_bottom_field"))
    }
}
