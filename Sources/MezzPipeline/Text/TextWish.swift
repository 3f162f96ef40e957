package import MezzCore

/// What a timed text is for.
package enum TextKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// What is said, for those who do not understand it.
    case subtitles
    /// What is said and heard, for those who do not hear it.
    case captions
    /// What is shown although subtitles are off: foreign dialogue, signs.
    case forced
}

/// A timed text that is to be delivered with a title.
package struct TextWish: Codable, Hashable, Sendable {
    package let file: ContentHash
    /// The file's name: for messages, and for its ending.
    package let name: String
    /// BCP 47.
    package let language: String
    package let kind: TextKind
    /// What a player's menu shows; `nil` for the language's own name.
    package let title: String?
    package let isDefault: Bool
    /// Seconds added after the change of rate.
    package let offset: Rational
    /// What times are multiplied with.
    package let factor: Rational

    package init(
        file: ContentHash, name: String, language: String, kind: TextKind = .subtitles, title: String? = nil,
        isDefault: Bool = false, offset: Rational = Rational(0), factor: Rational = Rational(1)
    ) {
        self.file = file
        self.name = name
        self.language = language
        self.kind = kind
        self.title = title
        self.isDefault = isDefault
        self.offset = offset
        self.factor = factor
    }
}

/// One delivered text track.
struct TextTrackPlan: Codable, Hashable, Sendable {
    let id: String
    let wish: TextWish
    /// What a player's menu shows.
    let name: String
}

/// Names the text tracks of a title.
enum TextTracks {
    static func plan(_ wishes: [TextWish]) -> [TextTrackPlan] {
        var taken: Set<String> = []
        return wishes.enumerated().map { number, wish in
            let plain = wish.title ?? LanguageName.of(wish.language) ?? "Text \(number + 1)"
            var name = wish.title == nil ? plain + suffix(wish.kind) : plain
            if !taken.insert(name).inserted {
                name += " \(number + 1)"
                taken.insert(name)
            }
            let id = "\(prefix(wish.kind))-\(number + 1)-\(AudioTracks.safe(wish.language))"
            return TextTrackPlan(id: id, wish: wish, name: name)
        }
    }

    private static func prefix(_ kind: TextKind) -> String {
        switch kind {
        case .subtitles: "sub"
        case .captions: "cc"
        case .forced: "forced"
        }
    }

    private static func suffix(_ kind: TextKind) -> String {
        switch kind {
        case .subtitles: ""
        case .captions: " (CC)"
        case .forced: " (forced)"
        }
    }
}
