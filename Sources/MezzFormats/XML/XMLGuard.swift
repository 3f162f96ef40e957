/// What bytes must be before Foundation's XML parser sees them: UTF-8 without a DOCTYPE, so that there are no entities
/// but the built-in five, and nothing outside the bytes is ever read.
package enum XMLGuard {
    /// - Parameters:
    ///   - limit: Size in bytes above which the document is refused.
    ///   - what: What the document is, for messages: "a manifest".
    /// - Throws: `FormatError`: `tooLarge` or `invalid`.
    package static func check(_ bytes: [UInt8], limit: Int, what: String) throws(FormatError) {
        guard bytes.count <= limit else { throw FormatError(.tooLarge, "\(what) is too large", at: 0) }
        // Other encodings could hide a DOCTYPE from the search below.
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(.invalid, "\(what) is not UTF-8", at: 0)
        }
        if let encoding = declaredEncoding(text), encoding != "utf-8" {
            throw FormatError(.invalid, "\(what) declares another encoding than UTF-8", at: 0)
        }
        guard !hasEmptyInstruction(bytes) else {
            throw FormatError(.invalid, "\(what) with an empty processing instruction", at: 0)
        }
        guard !XMLTags(bytes).areCrowded else {
            throw FormatError(.tooLarge, "\(what) has more attributes in a tag than any real one", at: 0)
        }
        guard !bytes.contains("<!DOCTYPE") && !bytes.contains("<!ENTITY") else {
            throw FormatError(.invalid, "\(what) with a DOCTYPE", at: 0)
        }
    }

    private static func declaredEncoding(_ text: String) -> String? {
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        guard text.hasPrefix("<?xml") else { return nil }
        // A declaration that does not end where all do hides something.
        guard let end = text.prefix(200).firstRange(of: "?>") else { return "" }
        let declaration = text[..<end.lowerBound]
        guard let mark = declaration.firstRange(of: "encoding") else { return nil }
        let quoted = declaration[mark.upperBound...].split(whereSeparator: { $0 == "\"" || $0 == "'" })
        return quoted.count > 1 ? quoted[1].lowercased() : ""
    }

    /// Whether there is an instruction without content, such as `<?x?>`: Foundation's parser takes the length of the
    /// text that is not there, and the process ends.
    private static func hasEmptyInstruction(_ bytes: [UInt8]) -> Bool {
        let (question, less, greater) = (UInt8(ascii: "?"), UInt8(ascii: "<"), UInt8(ascii: ">"))
        var isName = false
        for place in bytes.indices.dropLast() {
            if bytes[place] == less, bytes[place + 1] == question {
                isName = true
            } else if bytes[place] == question, bytes[place + 1] == greater {
                if isName { return true }
            } else if bytes[place] <= UInt8(ascii: " ") {
                isName = false
            }
        }
        return false
    }
}

extension [UInt8] {
    /// Whether the text occurs, upper or lower case.
    fileprivate func contains(_ text: StaticString) -> Bool {
        let wanted = text.description.utf8.map { $0 | 0x20 }
        guard count >= wanted.count, let first = wanted.first else { return false }
        return (0...count - wanted.count).contains { start in
            self[start] | 0x20 == first && zip(self[start...], wanted).allSatisfy { $0 | 0x20 == $1 }
        }
    }
}
