import Foundation

/// Languages by ISO 639, as BCP 47 has them.
package enum LanguageCode {
    /// ISO 639-2's bibliographic codes, which Matroska and MPEG-TS carry, by the ones that BCP 47 knows.
    private static let terminologic = [
        "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra",
        "geo": "kat", "ger": "deu", "gre": "ell", "ice": "isl", "mac": "mkd", "mao": "mri", "may": "msa", "per": "fas",
        "rum": "ron", "slo": "slk", "tib": "bod", "wel": "cym",
    ]

    /// The tag when its language is one of ISO 639; `nil` for "und", for others, which the packager refuses, and for what
    /// is no tag (BCP 47: letters and digits between hyphens).
    package static func known(_ tag: String) -> String? {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = parts.allSatisfy { part in
            (1...8).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        guard isTag, tag.utf8.count <= 35 else { return nil }
        let first = String(tag.prefix { $0 != "-" }).lowercased()
        let code = terminologic[first] ?? first
        let isKnown = Locale.LanguageCode.isoLanguageCodes.contains {
            $0.identifier(.alpha2) == code || $0.identifier(.alpha3) == code
        }
        return isKnown && code != "und" ? code + tag.dropFirst(first.count) : nil
    }

    /// Whether two tags name different languages, as far as both are known.
    static func differ(_ one: String, _ other: String?) -> Bool {
        guard let first = known(one), let second = other.flatMap(known) else { return false }
        return Locale.Language(identifier: first).minimalIdentifier
            != Locale.Language(identifier: second).minimalIdentifier
    }
}
