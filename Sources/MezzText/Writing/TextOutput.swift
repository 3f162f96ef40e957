package import MezzCore

/// The formats that mezz delivers.
package enum TextOutput: String, Sendable, CaseIterable {
    case vtt
    /// IMSC 1.1, text profile.
    case ttml

    /// By a file's suffix; `nil` for others.
    package init?(path: String) {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }

    /// The file, UTF-8, and what it cannot carry. Cues that show nothing are left out, the others sorted by their start.
    package func write(_ text: TimedText) -> (bytes: [UInt8], findings: [Finding]) {
        let cues = Self.presentable(text.cues)
        switch self {
        case .vtt:
            var writer = WebVTTWriter()
            writer.write(cues, isForced: text.isForced)
            return (Array(writer.text.utf8), writer.findings.all)
        case .ttml:
            var writer = IMSCWriter()
            writer.write(cues, language: text.language, isForced: text.isForced)
            return (Array(writer.text.utf8), writer.findings.all)
        }
    }

    /// Cues with text and time, in the order in which they appear; equal starts stay in the order of the file.
    private static func presentable(_ cues: [TextCue]) -> [TextCue] {
        let kept = cues.filter { $0.start >= 0 && $0.end > $0.start && !$0.isEmpty }
        return kept.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
            .map(\.element)
    }
}

extension String {
    /// Without what no text may hold: control characters but tab, and what is no character (XML 1.0, production 2).
    var presentable: String {
        guard unicodeScalars.contains(where: { !TextCharacters.isAllowed($0) }) else { return self }
        var clean = UnicodeScalarView()
        clean.append(contentsOf: unicodeScalars.lazy.filter(TextCharacters.isAllowed))
        return String(clean)
    }
}

/// Which characters text may hold.
enum TextCharacters {
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: true
        case 0..<0x20, 0x7F...0x9F: false
        // Byte order marks within text and non-characters.
        case 0xFEFF, 0xFDD0...0xFDEF: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}
