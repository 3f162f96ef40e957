/// What a decoder is known not to hold though its codec's levels allow it. A line here needs the decoder's own word for
/// it; docs/certification.md lists the same limits.
struct DecoderLimit: Sendable {
    let decoder: DecodedStream.Decoder
    let words: String
    let applies: @Sendable (CertificationStream, CertificationLevel) -> Bool

    /// The limit that `stream` meets; `nil` when the decoder should hold it.
    static func met(
        by stream: CertificationStream, _ level: CertificationLevel, of decoder: DecodedStream.Decoder
    ) -> String? {
        known.first { $0.decoder == decoder && $0.applies(stream, level) }?.words
    }

    private static let known = [
        // DE265_MAX_TILE_COLUMNS and DE265_MAX_TILE_ROWS of its pps.h; a picture parameter set with more is refused.
        DecoderLimit(decoder: .dec265, words: "libde265 holds 10 columns and 10 rows of tiles at most") { stream, _ in
            stream.tileColumns > 10 || stream.tileRows > 10
        },
        // It refuses every stream that states a higher one (measured with the levels 6 to 6.2).
        DecoderLimit(decoder: .libopenh264, words: "openh264 knows the levels up to 5.2") { _, level in
            level.number > 52
        },
    ]
}
