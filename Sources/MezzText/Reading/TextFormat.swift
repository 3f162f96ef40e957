/// A kind of timed-text file.
package enum TextFormat: String, Sendable, CaseIterable, Codable {
    /// SubRip.
    case srt
    case vtt
    /// TTML 1 and 2, IMSC 1.0 to 1.2 text profile, EBU-TT-D.
    case ttml
    /// Scenarist closed captions: CEA-608.
    case scc
    /// EBU STL (Tech 3264).
    case stl

    /// What a person calls it.
    package var name: String {
        switch self {
        case .srt: "SubRip"
        case .vtt: "WebVTT"
        case .ttml: "TTML"
        case .scc: "SCC"
        case .stl: "EBU STL"
        }
    }

    /// By what a file begins with, else by its suffix.
    /// - Parameters:
    ///   - bytes: The first of the file's bytes; a few hundred are enough.
    ///   - path: The file's name.
    /// - Returns: `nil` when neither tells.
    package static func detect(_ bytes: some Collection<UInt8>, path: String) -> TextFormat? {
        let head = Array(bytes.prefix(4096))
        return byContent(head) ?? bySuffix(path)
    }

    private static func byContent(_ head: [UInt8]) -> TextFormat? {
        if isSTL(head) { return .stl }
        // The words looked for are ASCII: in UTF-16 each has a zero beside it.
        let text = String(decoding: head.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
        let start = text.drop { $0.isWhitespace }
        if start.hasPrefix("WEBVTT") { return .vtt }
        if start.hasPrefix("Scenarist_SCC") { return .scc }
        if start.hasPrefix("<") { return .ttml }
        let isTimed = text.firstMatch(of: #/\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->/#) != nil
        return isTimed ? .srt : nil
    }

    /// EBU Tech 3264, GSI block: the disk format code at byte 3.
    private static func isSTL(_ head: [UInt8]) -> Bool {
        guard head.count >= 1024 else { return false }
        let code = String(decoding: head[3..<11], as: UTF8.self)
        return code.hasPrefix("STL") && code.hasSuffix(".01")
    }

    private static func bySuffix(_ path: String) -> TextFormat? {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        return formats[path[path.index(after: dot)...].lowercased()]
    }

    private static let formats: [String: TextFormat] = [
        "srt": .srt, "vtt": .vtt, "webvtt": .vtt, "ttml": .ttml, "dfxp": .ttml, "xml": .ttml, "itt": .ttml, "scc": .scc,
        "stl": .stl,
    ]

    /// What names of such files end in, in small letters.
    package static var suffixes: Set<String> { Set(formats.keys) }
}
