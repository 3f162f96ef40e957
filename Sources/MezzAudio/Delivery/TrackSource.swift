package import MezzCore

/// Where the channels of one delivered track come from.
package struct TrackSource: Codable, Hashable, Sendable {
    /// One stream of a file.
    package struct Part: Codable, Hashable, Sendable {
        /// `nil` is the title's own source.
        package let file: ContentHash?
        /// Its number in the file.
        package let stream: Int
        package let channels: Int
        /// Relative to the first picture.
        package let startSeconds: Double

        package init(file: ContentHash? = nil, stream: Int, channels: Int, startSeconds: Double) {
            self.file = file
            self.stream = stream
            self.channels = channels
            self.startSeconds = startSeconds
        }
    }

    /// Their channels, one after another, are those of the track.
    package let parts: [Part]
    /// A loudspeaker for each channel where the parts' own labels do not count; `nil` where they do.
    package let speakers: [Speaker]?

    /// - Throws: `Failure` (`input`) when channels and labels do not go together.
    package init(parts: [Part], speakers: [Speaker]?, place: String) throws(Failure) {
        self.parts = parts
        let channels = parts.reduce(0) { $0 + $1.channels }
        guard let chosen = speakers ?? (parts.count > 1 ? Self.usual(channels) : nil) else {
            guard parts.count == 1 else {
                throw Failure(
                    .input, what: "nothing tells which loudspeakers these \(channels) channels are for", place: place,
                    remedy: "say it, such as layout=L/R/C/LFE/Ls/Rs")
            }
            self.speakers = nil
            return
        }
        guard chosen.count == channels else {
            throw Failure(
                .input, what: "the layout has \(chosen.count) loudspeakers, the sound \(channels) channels",
                place: place, remedy: "name as many as there are channels")
        }
        guard SpeakerLayout.name(of: chosen) != nil else {
            throw Failure(
                .input, what: "these loudspeakers make no layout that can be delivered", place: place,
                remedy: "the layouts are " + SpeakerLayout.known.map(\.shown).joined(separator: ", "))
        }
        self.speakers = chosen
    }

    package var channels: Int { parts.reduce(0) { $0 + $1.channels } }

    /// What as many streams of one channel are when nobody says (SMPTE ST 2035, EBU R 123).
    private static func usual(_ channels: Int) -> [Speaker]? {
        switch channels {
        case 1: [.frontCenter]
        case 2: [.frontLeft, .frontRight]
        case 6: [.frontLeft, .frontRight, .frontCenter, .lowFrequency, .sideLeft, .sideRight]
        default: nil
        }
    }
}

/// Sets of loudspeakers that FFmpeg has names for and that are mixed down by the coefficients of ITU-R BS.775.
package enum SpeakerLayout {
    static let known: [(name: String, shown: String, speakers: Set<Speaker>)] = [
        ("mono", "C", [.frontCenter]),
        ("stereo", "L/R", [.frontLeft, .frontRight]),
        ("3.0", "L/R/C", [.frontLeft, .frontRight, .frontCenter]),
        ("quad", "L/R/Lb/Rb", [.frontLeft, .frontRight, .backLeft, .backRight]),
        ("5.0(side)", "L/R/C/Ls/Rs", [.frontLeft, .frontRight, .frontCenter, .sideLeft, .sideRight]),
        ("5.0", "L/R/C/Lb/Rb", [.frontLeft, .frontRight, .frontCenter, .backLeft, .backRight]),
        (
            "5.1(side)", "L/R/C/LFE/Ls/Rs",
            [.frontLeft, .frontRight, .frontCenter, .lowFrequency, .sideLeft, .sideRight]
        ),
        ("5.1", "L/R/C/LFE/Lb/Rb", [.frontLeft, .frontRight, .frontCenter, .lowFrequency, .backLeft, .backRight]),
        (
            "7.1", "L/R/C/LFE/Ls/Rs/Lb/Rb",
            [
                .frontLeft, .frontRight, .frontCenter, .lowFrequency, .sideLeft, .sideRight, .backLeft, .backRight,
            ]
        ),
    ]

    /// FFmpeg's name; `nil` for another set, or with a loudspeaker twice.
    static func name(of speakers: [Speaker]) -> String? {
        known.first { $0.speakers == Set(speakers) && $0.speakers.count == speakers.count }?.name
    }

    /// The loudspeakers of a text: `stereo`, `5.1`, `7.1`, or labels in the order of the channels, `L/C/R/Ls/Rs/LFE`.
    package static func read(_ text: String) -> [Speaker]? {
        switch text.lowercased() {
        case "mono", "1.0": [.frontCenter]
        case "stereo", "2.0": [.frontLeft, .frontRight]
        case "5.1": [.frontLeft, .frontRight, .frontCenter, .lowFrequency, .sideLeft, .sideRight]
        case "7.1":
            [.frontLeft, .frontRight, .frontCenter, .lowFrequency, .sideLeft, .sideRight, .backLeft, .backRight]
        default: labels(text)
        }
    }

    private static func labels(_ text: String) -> [Speaker]? {
        let names = text.split(separator: "/", omittingEmptySubsequences: false)
        let speakers = names.compactMap { label(String($0).lowercased()) }
        return speakers.count == names.count ? speakers : nil
    }

    /// The abbreviations of ITU-R BS.775, of film stems and of FFmpeg.
    private static func label(_ name: String) -> Speaker? {
        switch name {
        case "l", "fl", "lt", "lo": .frontLeft
        case "r", "fr", "rt", "ro": .frontRight
        case "c", "fc", "m": .frontCenter
        case "lfe", "sub": .lowFrequency
        case "ls", "sl", "lss": .sideLeft
        case "rs", "sr", "rss": .sideRight
        case "lb", "bl", "lrs", "lsr", "lr": .backLeft
        case "rb", "br", "rrs", "rsr", "rr": .backRight
        default: nil
        }
    }
}
