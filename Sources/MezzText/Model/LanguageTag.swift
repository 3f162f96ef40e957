/// A well-formed language tag (BCP 47, RFC 5646 section 2.1); whether its parts are registered is not looked up.
package struct LanguageTag: Hashable, Sendable {
    /// As it was written, with hyphens.
    package let text: String

    /// `nil` for what is no tag. "und" and private tags ("x-...") are tags.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, text.utf8.count <= 64,
            parts.allSatisfy({ (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isAlphanumeric) })
        else { return nil }
        let isLanguage = (2...8).contains(first.count) && first.allSatisfy(\.isLetter)
        guard isLanguage || (first.lowercased() == "x" && parts.count > 1) else { return nil }
        // A single character announces what follows it.
        let isPrivate = parts.dropLast().contains { $0.lowercased() == "x" }
        guard let last = parts.last, parts.count == 1 || last.count > 1 || isPrivate else { return nil }
        self.text = text
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
