/// The lines of an HLS playlist (RFC 8216).
struct HLSText {
    private static let byteLimit = 32 << 20
    private static let lineLimit = 1_000_000
    let lines: [Substring]

    init(_ bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= Self.byteLimit else { throw FormatError(.tooLarge, "a playlist is too large", at: 0) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(.invalid, "a playlist is not UTF-8", at: 0)
        }
        let lines = text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
        guard lines.count <= Self.lineLimit else { throw FormatError(.tooLarge, "a playlist is too long", at: 0) }
        guard lines.first == "#EXTM3U" else { throw FormatError(.invalid, "no #EXTM3U at the beginning", at: 1) }
        self.lines = lines
    }
}

extension Substring {
    /// What follows `tag` on its line; `nil` on other lines.
    func value(of tag: String) -> Substring? { hasPrefix(tag) ? dropFirst(tag.count) : nil }
}

/// An attribute list: `NAME=value,NAME="quoted, value"`.
package enum HLSAttributes {
    /// `nil` when it cannot be read. Of attributes that stand twice, the first counts.
    package static func read(_ text: Substring) -> [String: String]? {
        var result: [String: String] = [:]
        var rest = text
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = String(rest[..<equals])
            rest = rest[rest.index(after: equals)...]
            let value: Substring
            if rest.first == "\"" {
                rest = rest.dropFirst()
                guard let quote = rest.firstIndex(of: "\"") else { return nil }
                value = rest[..<quote]
                rest = rest[rest.index(after: quote)...]
                guard rest.isEmpty || rest.first == "," else { return nil }
            } else {
                value = rest.prefix { $0 != "," }
                rest = rest[value.endIndex...]
            }
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "-") }) else {
                return nil
            }
            if result[name] == nil { result[name] = String(value) }
            rest = rest.dropFirst()
        }
        return result
    }
}
