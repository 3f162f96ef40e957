/// The quantizers of segments (AV1, 5.9.14): all that later headers need of segmentation.
struct AV1Segments: Sendable, Hashable {
    /// By segment: what is added to the frame's quantizer.
    private var quantizers = SIMD8<Int16>(repeating: 0)
    /// Bit i: segment i has a quantizer of its own.
    private var changed = 0

    /// Bits and sign of each feature's value (Segmentation_Feature_Bits, Segmentation_Feature_Signed).
    private static let features: [(bits: Int, isSigned: Bool)] = [
        (8, true), (6, true), (6, true), (6, true), (6, true), (3, false), (0, false), (0, false),
    ]

    /// The features of all eight segments, when a frame brings them.
    static func read(_ cursor: inout BitCursor) throws(FormatError) -> AV1Segments {
        var segments = AV1Segments()
        for segment in 0..<8 {
            for (index, feature) in features.enumerated() where try cursor.flag() {
                let value = feature.isSigned ? try cursor.signed(feature.bits + 1) : try cursor.bits(feature.bits)
                guard index == 0 else { continue }
                segments.changed |= 1 << segment
                segments.quantizers[segment] = Int16(min(max(value, -255), 255))
            }
        }
        return segments
    }

    /// Whether all segments have quantizer 0.
    func areAllZero(base: Int) -> Bool {
        (0..<8).allSatisfy { segment in
            let own = changed >> segment & 1 == 1 ? Int(quantizers[segment]) : 0
            return base + own <= 0
        }
    }
}
