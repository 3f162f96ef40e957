import MezzCore

/// What a whole decode says of a source's health.
enum DecodeFindings {
    static func findings(decoded: Int, expected: Int, messages: [String]) -> [Finding] {
        var findings: [Finding] = []
        if !messages.isEmpty {
            // FFmpeg prints where its objects lie in memory, which differs from run to run.
            let quoted = messages.prefix(3).map { $0.printable.replacing(#/ @ 0x[0-9a-f]+/#, with: "") }
                .joined(separator: " · ")
            findings.append(
                Finding(
                    "source.decode-errors", .warning, "the decoder complained: \(quoted)",
                    remedy: "look at the picture; export the file again if it is damaged"))
        }
        // Edit lists and preroll hide a few pictures on purpose.
        if decoded < expected - max(2, expected / 50) {
            findings.append(
                Finding(
                    "source.frames-missing", .warning, "\(decoded) frames could be decoded, \(expected) were expected",
                    remedy: "export the file again, or accept that the package holds \(decoded) frames"))
        }
        return findings
    }
}
