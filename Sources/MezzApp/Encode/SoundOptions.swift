import ArgumentParser
import MezzAudio
import MezzCore
import MezzIngest
import MezzMedia
import MezzPipeline

/// What sound is delivered.
struct SoundOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Deliver every track in this form: a codec (aac, he-aac, ac3, eac3, opus, flac, external), a layout and kbps, such as \
            aac:96 or eac3:5.1:640; or none. Repeatable. (default: aac:128)
            """, valueName: "form"))
    var audio: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Deliver this track, and no other than those named so: a stream's number in the source or a file, several \
            joined by +, then language=, role= (main, commentary, description, dialogue), layout= (stereo, 5.1, 7.1, or \
            labels such as L/R/C/LFE/Ls/Rs), name=, default. Repeatable. (default: every sound stream)
            """, valueName: "source:key=value,…"))
    var audioTrack: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Bring the sound to a rule: \(LoudnessSpec.allCases.map(\.rawValue).joined(separator: ", ")). \
            (default: -24 LKFS over the programme, peaks up to -2 dBTP)
            """, valueName: "rule"))
    var spec: LoudnessSpec?

    // A loudness begins with a minus, which is no option's.
    @Option(
        parsing: .unconditional, help: ArgumentHelp("Bring the sound to this loudness instead.", valueName: "LKFS"))
    var target: Double?

    @Option(
        help: ArgumentHelp(
            "Encode forms of the codec \"external\" by this program: a JSON array with {input} and {output}.",
            valueName: "json"))
    var audioEncoderCommand: String?

    @Flag(help: "Hold peaks down with a true-peak limiter where they stand in the way of the loudness.")
    var limiter = false

    func validate() throws {
        if let target, !(-70...0).contains(target) { throw ValidationError("--target lies between -70 and 0") }
        if target != nil, spec == .off { throw ValidationError("--spec off asks for no loudness: leave out --target") }
        if limiter, spec == .off { throw ValidationError("--spec off asks for no loudness: leave out --limiter") }
        if audio == ["none"], !audioTrack.isEmpty || target != nil || limiter {
            throw ValidationError("--audio none delivers no sound: leave out --audio-track, --target and --limiter")
        }
        if audio.contains("none"), audio.count > 1 { throw ValidationError("--audio none goes with no other form") }
    }

    /// - Throws: `Failure` for what is no form and no track, and for files that have no sound.
    func wish(_ runner: ToolRunner) async throws -> (wish: AudioWish, files: [SideFile]) {
        var forms: [AudioForm] = []
        for text in audio where text != "none" {
            let form = try AudioForm(text)
            guard !forms.contains(form) else {
                throw Failure(.usage, what: "a form is asked for twice", place: text.printable, remedy: "name it once")
            }
            forms.append(form)
        }
        guard forms.contains(where: { $0.codec == .external }) == (audioEncoderCommand != nil) else {
            throw Failure(
                .usage, what: "a form of the codec external and the program for it belong together",
                place: "--audio-encoder-command", remedy: "give --audio external:5.1:768 and the program")
        }
        var files: [String: TrackFile] = [:]
        var tracks: [AudioTrackWish] = []
        for text in audioTrack {
            tracks.append(try await TrackText(text).wish(runner, &files))
        }
        guard tracks.filter(\.isDefault).count <= 1 else {
            throw Failure(
                .usage, what: "more than one track is the default", place: "--audio-track", remedy: "name one at most")
        }
        let rule = spec.map(\.rule) ?? .standard
        let wish = AudioWish(
            forms: audio.isEmpty ? [.standard] : forms, tracks: audioTrack.isEmpty ? nil : tracks,
            rule: target.map { rule?.targeting($0) } ?? rule, limitsPeaks: limiter,
            command: try audioEncoderCommand.map { try ExternalCommand(json: $0) })
        return (wish, files.values.map(\.side))
    }
}

/// A file with sound that tracks are taken from.
private struct TrackFile {
    let side: SideFile
    let track: TrackList.Track

    init(_ path: String, _ runner: ToolRunner) async throws {
        side = try SideFile(try SourceFile.check(path).path)
        let tracks = try await TrackList(runner: runner).read(path)
        guard tracks.count == 1 else {
            throw Failure(
                .input, what: "has \(tracks.count) sound streams", place: path.printable,
                remedy: "give files of one stream each")
        }
        track = tracks[0]
    }
}

/// `SOURCE[+SOURCE…][:key=value,…]` in its parts.
private struct TrackText {
    private let settings: TrackSettings
    private let sources: [String]

    init(_ text: String) throws(Failure) {
        settings = try TrackSettings(
            text, keys: ["language", "role", "layout", "name"], option: "--audio-track")
        sources = settings.source.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        guard sources.allSatisfy({ !$0.isEmpty }) else {
            throw settings.refuse("names no source", "name a stream or a file")
        }
    }

    func wish(_ runner: ToolRunner, _ files: inout [String: TrackFile]) async throws -> AudioTrackWish {
        var origins: [AudioTrackWish.Origin] = []
        for source in sources {
            if let number = Int(source) {
                origins.append(.stream(number))
                continue
            }
            var known = files[source]
            if known == nil { known = try await TrackFile(source, runner) }
            guard let file = known else { continue }
            files[source] = file
            let name = String(source.split(separator: "/").last ?? "sound")
            origins.append(
                .file(
                    file.side.hash, name: name, channels: file.track.channels,
                    isLabelled: ChannelMap.isLabelled(file.track.channels, layout: file.track.layout),
                    stream: file.track.stream))
        }
        return AudioTrackWish(
            origins: origins, language: settings.values["language"], role: try settings.role(),
            name: settings.values["name"], isDefault: settings.isDefault, speakers: try speakers())
    }

    private func speakers() throws(Failure) -> [Speaker]? {
        guard let name = settings.values["layout"] else { return nil }
        if let speakers = SpeakerLayout.read(name) { return speakers }
        throw settings.refuse("has a layout that is none", "write stereo, 5.1, 7.1 or labels such as L/R/C/LFE/Ls/Rs")
    }
}
