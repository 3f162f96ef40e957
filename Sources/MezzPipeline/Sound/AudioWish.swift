package import MezzAudio
package import MezzCore

/// What sound is to be delivered, and how.
package struct AudioWish: Codable, Hashable, Sendable {
    /// Every track is delivered in each of them; empty delivers no sound.
    package var forms: [AudioForm]
    /// The tracks; `nil` takes every sound stream of the source as it is labelled.
    package var tracks: [AudioTrackWish]?
    /// What the loudness is brought to; `nil` leaves it.
    package var rule: LoudnessRule?
    /// Whether a limiter holds peaks down that stand between a track and its loudness.
    package var limitsPeaks: Bool
    /// The program that encodes forms of an external codec.
    package var command: ExternalCommand?

    package init(
        forms: [AudioForm] = [.standard], tracks: [AudioTrackWish]? = nil, rule: LoudnessRule? = .standard,
        limitsPeaks: Bool = false, command: ExternalCommand? = nil
    ) {
        self.forms = forms
        self.tracks = tracks
        self.rule = rule
        self.limitsPeaks = limitsPeaks
        self.command = command
    }
}

/// One track that somebody described; what is `nil` is as the source says.
package struct AudioTrackWish: Codable, Hashable, Sendable {
    /// Where channels come from.
    package enum Origin: Codable, Hashable, Sendable {
        /// A stream of the source, by its number in the file.
        case stream(Int)
        /// The first sound stream of a file beside the source.
        case file(ContentHash, name: String, channels: Int, isLabelled: Bool, stream: Int)
    }

    package let origins: [Origin]
    package let language: String?
    package let role: AudioRole?
    package let name: String?
    package let isDefault: Bool
    package let speakers: [Speaker]?

    package init(
        origins: [Origin], language: String? = nil, role: AudioRole? = nil, name: String? = nil,
        isDefault: Bool = false, speakers: [Speaker]? = nil
    ) {
        self.origins = origins
        self.language = language
        self.role = role
        self.name = name
        self.isDefault = isDefault
        self.speakers = speakers
    }
}
