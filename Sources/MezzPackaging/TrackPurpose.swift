/// What a track is for, in the words of DASH and HLS.
package enum TrackPurpose: String, Sendable, Hashable, Codable {
    case main
    /// The programme's sound in another language than the default track's.
    case dub
    case commentary
    /// Sound that describes the picture.
    case description
    /// Dialogue that stands out.
    case dialogue
    case subtitles
    /// Text of all that is heard.
    case captions
    /// Text that is shown although subtitles are off.
    case forced

    /// `urn:mpeg:dash:role:2011` (ISO/IEC 23009-1, 5.8.5.5).
    var dashRole: String {
        switch self {
        case .main, .dub, .commentary, .description: rawValue
        case .dialogue: "enhanced-audio-intelligibility"
        case .subtitles: "subtitle"
        case .captions: "caption"
        case .forced: "forced-subtitle"
        }
    }

    /// The purposes of sound of ETSI TS 102 822-3-1 that DASH names by (DVB DASH, 6.1.2).
    var dashAccessibility: String? {
        switch self {
        case .description: "urn:tva:metadata:cs:AudioPurposeCS:2007=1"
        case .dialogue: "urn:tva:metadata:cs:AudioPurposeCS:2007=8"
        default: nil
        }
    }

    /// Media characteristics of HLS (RFC 8216, 4.3.4.1, and Apple's HLS authoring specification).
    var hlsCharacteristics: [String] {
        switch self {
        case .description: ["public.accessibility.describes-video"]
        case .dialogue: ["public.accessibility.enhances-speech-intelligibility"]
        case .captions:
            ["public.accessibility.transcribes-spoken-dialog", "public.accessibility.describes-music-and-sound"]
        default: []
        }
    }
}
