/// Colour description by FFmpeg's names of the ITU-T H.273 code points; `nil` where the source says nothing.
package struct ColorDescription: Hashable, Codable, Sendable {
    package var primaries: String?
    package var transfer: String?
    package var matrix: String?
    /// "tv" (limited) or "pc" (full).
    package var range: String?
    /// Static metadata of HDR10, where the source has it.
    package var hdr: HDRMetadata?

    package init(
        primaries: String? = nil, transfer: String? = nil, matrix: String? = nil, range: String? = nil,
        hdr: HDRMetadata? = nil
    ) {
        self.primaries = primaries
        self.transfer = transfer
        self.matrix = matrix
        self.range = range
        self.hdr = hdr
    }

    /// Whether the transfer function is one of a high dynamic range: PQ (SMPTE ST 2084) or HLG (ARIB STD-B67).
    package var isHighDynamicRange: Bool { transfer == "smpte2084" || transfer == "arib-std-b67" }
}
