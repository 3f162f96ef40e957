import MezzCore

/// What a whole decode says of a source's health.
enum DecodeFindings {
    static func findings(decoded: Int, expected: Int, messages: [String]) -> [Finding] {
        var findings: [Finding] = []
        if !messages.isEmpty {
            let quoted = messages.prefix(3).map(\.printable).joined(separator: " · ")
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
