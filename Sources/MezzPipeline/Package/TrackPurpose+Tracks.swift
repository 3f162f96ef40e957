import MezzCore
import MezzPackaging

extension TrackPurpose {
    /// - Parameter isDub: Whether the programme speaks another language than in its default track.
    init(_ role: AudioRole, isDub: Bool = false) {
        switch role {
        case .main: self = isDub ? .dub : .main
        case .commentary: self = .commentary
        case .description: self = .description
        case .dialogue: self = .dialogue
        }
    }

    init(_ kind: TextKind) {
        switch kind {
        case .subtitles: self = .subtitles
        case .captions: self = .captions
        case .forced: self = .forced
        }
    }
}
