import Foundation

/// Languages by ISO 639, as BCP 47 has them.
package enum LanguageCode {
    /// ISO 639-2's bibliographic codes, which Matroska and MPEG-TS carry, by the ones that BCP 47 knows.
    private static let terminologic = [
        "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra",
        "geo": "kat", "ger": "deu", "gre": "ell", "ice": "isl", "mac": "mkd", "mao": "mri", "may": "msa", "per": "fas",
        "rum": "ron", "slo": "slk", "tib": "bod", "wel": "cym",
    ]

    /// The tag when its language is one of ISO 639; the packager refuses others, "und" too.
    package static func known(_ tag: String) -> String? {
        let first = String(tag.prefix { $0 != "-" }).lowercased()
        let code = terminologic[first] ?? first
        let isKnown = Locale.LanguageCode.isoLanguageCodes.contains {
            $0.identifier(.alpha2) == code || $0.identifier(.alpha3) == code
        }
        return isKnown && code != "und" ? code + tag.dropFirst(first.count) : nil
    }
}
