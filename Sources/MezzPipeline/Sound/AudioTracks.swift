import Foundation
import MezzAudio
import MezzCore

/// One delivered sound track.
struct AudioTrackPlan: Codable, Sendable {
    let id: String
    let source: TrackSource
    let recipe: AudioForm
    let language: String
    let role: AudioRole
    /// What a player's menu shows.
    let name: String
    let isDefault: Bool
    /// Renditions of one group are the same tracks in the same form: players choose one group, then in it.
    let group: String
    let findings: [Finding]
}

/// Decides which sound tracks are delivered: every track in every form.
struct AudioTracks {
    let wish: AudioWish
    let source: SourceInfo

    private struct Track {
        let origin: TrackSource
        let language: String
        let role: AudioRole
        let name: String?
        /// Whether the file marks it.
        let isMarked: Bool
        /// Whether somebody said that it is the one to play.
        let isWished: Bool
        let findings: [Finding]
    }

    /// - Throws: `Failure` (`input`) for streams that are not there and channels that nobody can place.
    func plan() throws(Failure) -> [AudioTrackPlan] {
        let tracks = try wish.tracks == nil ? ownTracks() : tracks(wish.tracks ?? [])
        let names = Self.names(tracks)
        let chosen = Self.chosen(tracks)
        return wish.forms.flatMap { form in
            tracks.indices.map { number in
                let track = tracks[number]
                let group = group(form)
                return AudioTrackPlan(
                    id: "\(group)-\(number + 1)-\(Self.safe(track.language))", source: track.origin, recipe: form,
                    language: track.language, role: track.role, name: names[number], isDefault: number == chosen,
                    group: group, findings: track.findings)
            }
        }
    }

    /// The streams of the source, each a track.
    private func ownTracks() throws(Failure) -> [Track] {
        var tracks: [Track] = []
        for stream in source.audio {
            let wish = AudioTrackWish(origins: [.stream(stream.stream)])
            tracks.append(try track(wish))
        }
        return tracks
    }

    private func tracks(_ wishes: [AudioTrackWish]) throws(Failure) -> [Track] {
        var tracks: [Track] = []
        for wish in wishes { tracks.append(try track(wish)) }
        return tracks
    }

    private func track(_ wish: AudioTrackWish) throws(Failure) -> Track {
        var parts: [TrackSource.Part] = []
        var streams: [AudioStreamInfo] = []
        var isLabelled = true
        for origin in wish.origins {
            switch origin {
            case .stream(let number):
                let stream = try stream(number)
                streams.append(stream)
                isLabelled = isLabelled && ChannelMap.isLabelled(stream.channels, layout: stream.layout)
                parts.append(
                    TrackSource.Part(stream: number, channels: stream.channels, startSeconds: stream.startSeconds))
            case .file(let hash, _, let channels, let labelled, let stream):
                isLabelled = isLabelled && labelled
                parts.append(TrackSource.Part(file: hash, stream: stream, channels: channels, startSeconds: 0))
            }
        }
        let place = Self.place(wish)
        var speakers = wish.speakers
        var findings: [Finding] = []
        if speakers == nil, parts.count == 1, !isLabelled {
            let map = ChannelMap(channels: parts[0].channels, mask: 0)
            speakers = map.speakers
            findings.append(Self.assumed(map, place))
        }
        return Track(
            origin: try TrackSource(parts: parts, speakers: speakers, place: place),
            language: wish.language ?? streams.map(\.language).first { $0 != "und" } ?? "und",
            role: wish.role ?? streams.first?.role ?? .main, name: wish.name ?? streams.first?.title,
            isMarked: streams.contains(where: \.isDefault) && self.wish.tracks == nil, isWished: wish.isDefault,
            findings: findings)
    }

    private func stream(_ number: Int) throws(Failure) -> AudioStreamInfo {
        if let stream = source.audio.first(where: { $0.stream == number }) { return stream }
        let known = source.audio.map { String($0.stream) }.joined(separator: ", ")
        throw Failure(
            .input, what: "there is no sound in stream \(number)", place: "--audio-track",
            remedy: known.isEmpty ? "the source has no sound" : "the sound tracks are streams \(known)")
    }

    private static func place(_ wish: AudioTrackWish) -> String {
        wish.origins.map { origin in
            switch origin {
            case .stream(let number): "stream \(number)"
            case .file(_, let name, _, _, _): name.printable
            }
        }.joined(separator: " + ")
    }

    private static func assumed(_ map: ChannelMap, _ place: String) -> Finding {
        Finding(
            "audio.layout-assumed", .warning,
            "\(map.speakers.count) channels without labels, delivered as \(map.text)",
            place: Finding.Place(stream: place),
            remedy: "label the channels in the master, or say what they are with --audio-track …:layout=…")
    }

    /// The form's codec, with what tells it from other forms of that codec.
    private func group(_ form: AudioForm) -> String {
        let others = wish.forms.filter { $0.codec == form.codec }
        guard others.count > 1 else { return form.codec.rawValue }
        let layout = Set(others.map(\.layout)).count > 1 ? "-\(form.layout.rawValue)" : ""
        let rate = form.bitsPerSecond > 0 ? "-\(form.bitsPerSecond / 1000)k" : ""
        return form.codec.rawValue + layout + rate
    }

    /// The track to play when nobody chose: the one that is marked, else the first of the programme itself.
    private static func chosen(_ tracks: [Track]) -> Int? {
        tracks.firstIndex(where: \.isWished) ?? tracks.firstIndex { $0.isMarked && $0.role == .main }
            ?? tracks.firstIndex { $0.role == .main } ?? tracks.indices.first
    }

    /// A name for each track, no two alike: its own, or its language in that language, with its role.
    private static func names(_ tracks: [Track]) -> [String] {
        var taken: Set<String> = []
        return tracks.enumerated().map { number, track in
            let plain = track.name ?? LanguageName.of(track.language) ?? "Audio \(number + 1)"
            let role = track.name == nil ? suffix(track.role) : ""
            var name = plain + role
            while !taken.insert(name).inserted { name += " \(number + 1)" }
            return name
        }
    }

    private static func suffix(_ role: AudioRole) -> String {
        switch role {
        case .main: ""
        case .commentary: " (commentary)"
        case .description: " (audio description)"
        case .dialogue: " (dialogue enhanced)"
        }
    }

    /// Letters, digits and hyphens only: the tag becomes a file name.
    static func safe(_ language: String) -> String {
        let kept = language.lowercased().unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || ("0"..."9").contains($0))
        }
        return kept.isEmpty ? "und" : String(String.UnicodeScalarView(kept.prefix(16)))
    }
}

/// What a language calls itself.
enum LanguageName {
    /// `nil` for a tag that nobody knows.
    static func of(_ tag: String) -> String? {
        guard tag != "und", let known = LanguageCode.known(tag),
            let name = Locale(identifier: known).localizedString(forIdentifier: known), name != known
        else { return nil }
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
