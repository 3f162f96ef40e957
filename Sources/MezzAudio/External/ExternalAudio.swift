/// What an external encoder delivered, as read from the file it wrote.
package struct ExternalAudio: Codable, Hashable, Sendable {
    /// As given on the command line.
    package let program: String
    /// ffprobe's name: "eac3"; "unknown" when it has none, then `tag` tells.
    package let codec: String
    /// "Dolby Digital Plus + Dolby Atmos" is E-AC-3 JOC; `nil` when there is none.
    package let profile: String?
    /// The sample entry's four letters; `nil` in bare streams.
    package let tag: String?
    /// `nil` when ffprobe cannot tell, as of AC-4.
    package let channels: Int?
    /// Hz; `nil` when ffprobe cannot tell.
    package let sampleRate: Int?
    package let seconds: Double
    /// The longest frame.
    package let frameSeconds: Double
}
