/// Colour description by FFmpeg's names of the ITU-T H.273 code points; `nil` where the source says nothing.
package struct ColorDescription: Hashable, Codable, Sendable {
    package var primaries: String?
    package var transfer: String?
    package var matrix: String?
    /// "tv" (limited) or "pc" (full).
    package var range: String?

    package init(primaries: String? = nil, transfer: String? = nil, matrix: String? = nil, range: String? = nil) {
        self.primaries = primaries
        self.transfer = transfer
        self.matrix = matrix
        self.range = range
    }

    /// Whether the transfer function is one of a high dynamic range: PQ (SMPTE ST 2084) or HLG (ARIB STD-B67).
    package var isHighDynamicRange: Bool { transfer == "smpte2084" || transfer == "arib-std-b67" }
}
