import MezzCore
internal import Yams

extension EncodingProfile {
    /// Reads a profile's file.
    /// - Throws: `ProfileError` that names the line.
    package init(yaml text: String) throws(ProfileError) {
        try ProfileText.check(text)
        let file = try ProfileMapping(
            try Self.root(text), of: "a profile", keys: ["name", "summary", "segment_seconds", "codecs"])
        guard let name = try file.text("name") else { throw ProfileError(line: 1, what: "the name is missing") }
        guard let codecs = file["codecs"] else { throw ProfileError(line: 1, what: "codecs are missing") }
        let families = try ProfileMapping(
            codecs, of: "codecs", keys: Set(CodecFamily.allCases.map(\.rawValue)))
        var parts: [CodecProfile] = []
        for codec in CodecFamily.allCases {
            guard let node = families[codec.rawValue] else { continue }
            parts.append(try CodecProfile(codec, node))
        }
        guard !parts.isEmpty else { throw ProfileError(line: file.line(of: "codecs"), what: "no codec is given") }
        self.init(
            name: name, summary: try file.text("summary") ?? "",
            segmentSeconds: try file.number("segment_seconds", in: 0.5...30), codecs: parts)
    }

    private static func root(_ text: String) throws(ProfileError) -> Node {
        do {
            if let node = try Yams.compose(yaml: text) { return node }
        } catch let error as YamlError {
            throw ProfileError(line: nil, what: "not YAML: \(error)")
        } catch {
            throw ProfileError(line: nil, what: "not YAML")
        }
        throw ProfileError(line: nil, what: "the file is empty")
    }

    /// The profile as a file that reads back equal.
    package var yaml: String {
        var pairs: [(Node, Node)] = [("name", Node(name))]
        if !summary.isEmpty { pairs.append(("summary", Node(summary))) }
        if let segmentSeconds { pairs.append(("segment_seconds", Node(ProfileNumber.text(segmentSeconds)))) }
        pairs.append(("codecs", Node(codecs.map { (Node($0.codec.rawValue), $0.node) })))
        // Nothing that is built here can fail to be written.
        return (try? Yams.serialize(node: Node(pairs), width: -1, allowUnicode: true)) ?? ""
    }
}

/// Numbers without a locale, whole ones without a point.
enum ProfileNumber {
    static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
