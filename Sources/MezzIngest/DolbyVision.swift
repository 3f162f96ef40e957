import MezzCore

/// What a Dolby Vision configuration in the container means for a delivery without it.
enum DolbyVision {
    /// Profiles with two layers, of which FFmpeg decodes the first.
    private static let layered: Set<Int> = [4, 7]

    /// Says that the metadata are not carried; refuses a picture that is none without them.
    /// - Throws: `Failure` (`input`) for pictures in a colour space that no display shows by itself.
    static func check(_ stream: ProbeOutput.Stream, path: String, _ findings: inout [Finding]) throws(Failure) {
        let record = (stream.sideDataList ?? []).first { $0.dolbyVisionProfile != nil }
        guard let profile = record?.dolbyVisionProfile else { return }
        // Compatibility 0: the picture is meant for displays that read the metadata, and for no other.
        guard record?.dolbyVisionCompatibility != 0 else {
            throw SourceFile.refuse(
                "is Dolby Vision profile \(profile), whose picture has no meaning without its metadata, "
                    + "and FFmpeg's encoders take none from it",
                path, "deliver a master in PQ or HLG, or of profile 8, whose picture is one of them")
        }
        let layers = layered.contains(profile) ? "its first layer is encoded; the second and the" : "the"
        findings.append(
            Finding(
                "source.dolby-vision", .warning,
                "the source is Dolby Vision profile \(profile): \(layers) metadata are left out",
                place: Finding.Place(stream: String(stream.index)),
                remedy:
                    "nothing, if delivery without Dolby Vision is meant; inject them into the delivered HEVC otherwise")
        )
    }
}
