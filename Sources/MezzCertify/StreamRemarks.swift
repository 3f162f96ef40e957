import MezzCore

/// What a person should know of a stream though it passes.
enum StreamRemarks {
    /// How near to what was asked for.
    static func found(
        _ built: CertificationEncoder.Built, asked: CertificationStream, level: CertificationLevel
    ) -> [String] {
        var remarks: [String] = []
        if built.stream.size != asked.size {
            remarks.append("the encoder failed at \(asked.size) (\(built.refusal ?? "no reason")): as near as it would")
        }
        let share = Double(built.verdict.peakBPS) / Double(level.bitRate)
        if asked.bitRate != nil {
            remarks.append((0.8...1).contains(share) ? "near the limit" : "no quantizer comes nearer to the limit")
        }
        if share > 1 { remarks.append("above the level's rate for so short that its buffer holds it") }
        return remarks
    }

    /// By whom it was decoded, and by whom not.
    static func found(_ decoders: [DecodedStream], codec: CodecFamily) -> [String] {
        var remarks = decoders.filter(\.hasFailed).compactMap { result in
            result.limit.map { "\(result.decoder.rawValue) refuses it: \($0)" }
        }
        guard Set(decoders.filter { !$0.hasFailed }.map(\.decoder.make)).count < 2 else { return remarks }
        remarks.append("not decoded by a second decoder")
        if Set(decoders.map(\.decoder.make)).count < 2 { remarks.append(remedy(codec)) }
        return remarks
    }

    private static func remedy(_ codec: CodecFamily) -> String {
        switch codec {
        case .avc: "none was found: use an FFmpeg with libopenh264"
        case .hevc: "none was found: install dec265 (Debian: libde265-examples)"
        case .av1: "none was found: install dav1d"
        }
    }
}
