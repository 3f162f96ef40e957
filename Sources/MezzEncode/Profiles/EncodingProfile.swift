package import MezzCore

/// A named way to encode: for each codec its bitstream profiles, limits, rate control and encoder options.
package struct EncodingProfile: Hashable, Codable, Sendable {
    package var name: String
    /// One sentence for a list.
    package var summary: String
    /// Nominal segment length; `nil` leaves it to the job.
    package var segmentSeconds: Double?
    /// Each codec once.
    package var codecs: [CodecProfile]

    package init(name: String, summary: String, segmentSeconds: Double? = nil, codecs: [CodecProfile]) {
        self.name = name
        self.summary = summary
        self.segmentSeconds = segmentSeconds
        self.codecs = codecs
    }

    /// The part of a codec; `nil` when the profile does not use it.
    package subscript(codec: CodecFamily) -> CodecProfile? { codecs.first { $0.codec == codec } }
}
