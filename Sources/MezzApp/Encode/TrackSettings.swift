import MezzCore
import MezzPipeline

/// What follows a source on the command line: `SOURCE:key=value,…,default`.
struct TrackSettings {
    /// The text before the settings.
    let source: String
    let values: [String: String]
    let isDefault: Bool
    private let option: String

    /// Names of files may hold colons: what follows the last one is settings only when it reads like them.
    /// - Parameters:
    ///   - keys: Those that may be set.
    ///   - option: What errors name.
    /// - Throws: `Failure` (`usage`) for a language that nobody knows.
    init(_ text: String, keys: [String], option: String) throws(Failure) {
        var (source, values, isDefault) = (text, [String: String](), false)
        if let colon = text.lastIndex(of: ":") {
            let words = text[text.index(after: colon)...].split(separator: ",", omittingEmptySubsequences: false)
            let areSettings = words.allSatisfy { word in word == "default" || keys.contains { word.hasPrefix($0 + "=") }
            }
            if areSettings {
                source = String(text[..<colon])
                isDefault = words.contains("default")
                for word in words {
                    guard let equals = word.firstIndex(of: "=") else { continue }
                    values[String(word[..<equals])] = String(word[word.index(after: equals)...])
                }
            }
        }
        self.source = source
        self.values = values
        self.isDefault = isDefault
        self.option = option.isEmpty ? text.printable : option + " " + text.printable
        if let language = values["language"], LanguageCode.known(language) == nil {
            throw refuse("has a language that ISO 639 does not know", "write such as en or pt-BR")
        }
    }

    /// - Throws: `Failure` (`usage`) for a word that is no role.
    func role() throws(Failure) -> AudioRole? {
        guard let name = values["role"] else { return nil }
        if let role = AudioRole(rawValue: name) { return role }
        throw refuse(
            "has a role that is none", "take one of " + AudioRole.allCases.map(\.rawValue).joined(separator: ", "))
    }

    func refuse(_ what: String, _ remedy: String) -> Failure {
        Failure(.usage, what: "the track " + what, place: option, remedy: remedy)
    }
}
