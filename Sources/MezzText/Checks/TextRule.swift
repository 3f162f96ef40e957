package import MezzCore

/// Everything that reading, checking and writing timed text can find. docs/findings.md lists the same codes.
package enum TextRule: String, CaseIterable, Sendable {
    case cueUnreadable = "text.cue.unreadable"
    case cueOpen = "text.cue.open"
    case cueDuration = "text.cue.duration"
    case cueEmpty = "text.cue.empty"
    case cueOverlap = "text.cue.overlap"
    case cueOrder = "text.cue.order"
    case cueEarly = "text.cue.early"
    case cueCut = "text.cue.cut"
    case cueLate = "text.cue.late"
    case noCues = "text.empty"
    case startCode = "text.start-code"
    case readingSpeed = "text.reading-speed"
    case lineCount = "text.lines"
    case lineLength = "text.line-length"
    case offScreen = "text.off-screen"
    case character = "text.character"
    case replaced = "text.character.replaced"
    case direction = "text.direction"
    case language = "text.language"
    case markup = "text.markup"
    case setting = "text.setting"
    case reader = "text.reader"
    case lostStyle = "text.lost.style"
    case lostLook = "text.lost.look"
    case lostRegion = "text.lost.region"
    case lostAnimation = "text.lost.animation"
    case lostForced = "text.lost.forced"
    case lostRuby = "text.lost.ruby"
    case lostVoice = "text.lost.voice"
    case lostImage = "text.lost.image"

    package var severity: Finding.Severity {
        switch self {
        case .cueUnreadable, .cueDuration, .cueLate, .offScreen: .error
        case .cueOpen, .cueEmpty, .cueOverlap, .cueOrder, .cueEarly, .cueCut, .noCues, .readingSpeed, .character,
            .replaced,
            .direction, .language, .setting, .lostStyle, .lostRegion, .lostAnimation, .lostForced, .lostRuby,
            .lostImage:
            .warning
        case .startCode, .lineCount, .lineLength, .markup, .reader, .lostLook, .lostVoice: .info
        }
    }

    package var remedy: String {
        switch self {
        case .cueUnreadable: "correct the time line in the source; the cue was left out"
        case .cueOpen: "give it an end in the source; ten seconds were taken"
        case .cueDuration: "correct the times in the source; such a cue is left out"
        case .cueEmpty: "remove the cue or give it text; it is left out"
        case .cueOverlap: "end the first cue before the second begins, or place them apart"
        case .cueOrder: "sort the cues by their start; conversion does"
        case .cueEarly, .cueCut: "check --text-offset and --text-rate"
        case .cueLate: "check --text-offset and --text-rate; the text may belong to another cut of the title"
        case .noCues: "check that this is the right file"
        case .startCode: "if the picture starts at 0, give --text-offset as the message says"
        case .readingSpeed: "shorten the text or show it longer"
        case .lineCount, .lineLength: "break or shorten the text; players may hide part of the picture or wrap lines"
        case .offScreen: "correct the position in the source: part of the text is outside the picture"
        case .character: "remove the character from the source; conversion leaves it out"
        case .replaced: "find the original file: this text was decoded wrongly before it came here"
        case .direction: "close what is opened (U+2069 for isolates, U+202C for embeddings) within each cue"
        case .language: "name the language with --language, as a BCP 47 tag such as en or pt-BR"
        case .markup, .setting: "correct it in the source; it was passed over"
        case .reader: "look at the cues named"
        case .lostStyle, .lostLook, .lostVoice: "nothing, if the result looks right without it"
        case .lostRegion: "look at where these texts stand in the result"
        case .lostAnimation: "use TTML readers that animate, or deliver text without it"
        case .lostForced: "write TTML, or convert the forced cues into a track of their own with --forced"
        case .lostRuby: "look at these cues in the result"
        case .lostImage: "deliver text: images of text are not converted"
        }
    }

    func finding(_ message: String, at milliseconds: Int? = nil, severity: Finding.Severity? = nil) -> Finding {
        Finding(
            rawValue, severity ?? self.severity, message,
            place: Finding.Place(seconds: milliseconds.map { Double($0) / 1000 }), remedy: remedy)
    }
}
