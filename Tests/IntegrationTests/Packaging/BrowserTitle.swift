import Foundation
import MezzCore
import MezzMedia
import MezzPackaging

/// A title of sixteen seconds for a browser: three codecs, sounds of different pitch, subtitles of different words.
struct BrowserTitle {
    let media: PackagingMedia
    let tracks: [PackageTrack]

    static let audioLanguages = ["en", "de", "fr", "es", "it", "pt-BR", "nl", "pl", "sv", "da", "fi", "ja"]
    static let textLanguages = ["en", "de", "fr", "es", "it", "ja", "ar", "he"]

    /// The pitch of an audio track, in hertz.
    static func hertz(_ track: Int) -> Int { 400 + 150 * track }
    static func audioID(_ track: Int) -> String { "sound-\(audioLanguages[track])" }
    static func textID(_ track: Int) -> String { "words-\(textLanguages[track])" }

    static func make(audio: Int, texts: Int, in folder: String) async throws -> BrowserTitle {
        let media = PackagingMedia(runner: try await PackagingTools.runner(), folder: folder, frames: 480)
        var tracks = [
            try await media.video("avc-90p", .avc), try await media.video("avc-72p", .avc, 128, 72),
            try await media.video("hevc", .hevc), try await media.video("av1", .av1),
        ]
        for number in 0..<audio {
            tracks.append(
                try await media.audio(
                    audioID(number), language: audioLanguages[number], isDefault: number == 0,
                    name: audioLanguages[number], hertz: hertz(number)))
        }
        for number in 0..<texts { tracks.append(try text(number, in: folder)) }
        return BrowserTitle(media: media, tracks: tracks)
    }

    /// A cue in every second, so that whenever a text is switched on, one is shown soon.
    private static func text(_ number: Int, in folder: String) throws -> PackageTrack {
        let cues = (0..<16).map { second in
            "\(clock(second)).100 --> \(clock(second)).900\n\(textLanguages[number]) \(second) <i>slanted</i>\n"
        }
        let path = folder + "/\(textID(number)).vtt"
        try Data(("WEBVTT\n\n" + cues.joined(separator: "\n")).utf8).write(to: URL(fileURLWithPath: path))
        return PackageTrack(
            id: textID(number), kind: .text, file: path, language: textLanguages[number], keyLabel: nil, sidecar: path)
    }

    private static func clock(_ second: Int) -> String { (second < 10 ? "00:00:0" : "00:00:") + String(second) }

    /// Packages the title into a new folder, in segments of a second.
    func package(_ layout: SegmentLayout, keys: KeyRing? = nil, into folder: String) async throws {
        let tracks = keys == nil ? tracks : tracks.map { $0.kind == .video ? Self.labelled($0) : $0 }
        _ = try await Packager(runner: media.runner).package(
            tracks, segmentSeconds: 1, layout: layout, keys: keys, into: folder)
    }

    private static func labelled(_ track: PackageTrack) -> PackageTrack {
        PackageTrack(id: track.id, kind: track.kind, file: track.file, keyLabel: .sd)
    }
}
