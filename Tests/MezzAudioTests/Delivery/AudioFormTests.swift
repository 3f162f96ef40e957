import MezzAudio
import MezzCore
import Testing

@Suite("Forms of sound")
struct AudioFormTests {
    @Test(
        "a form names a codec, and a layout and a bitrate where it wants others than the usual",
        arguments: [
            ("aac", AudioCodec.aac, ChannelLayout.stereo, 128_000), ("aac:96", .aac, .stereo, 96_000),
            ("AAC:192k", .aac, .stereo, 192_000), ("aac:5.1", .aac, .surround, 384_000),
            ("he-aac:48", .heAAC, .stereo, 48_000), ("ac3", .ac3, .surround, 448_000),
            ("eac3:5.1:768", .eac3, .surround, 768_000), ("eac3:192:2.0", .eac3, .stereo, 192_000),
            ("opus:mono:32", .opus, .mono, 32_000), ("flac", .flac, .wide, 0),
        ])
    func reads(_ text: String, _ codec: AudioCodec, _ layout: ChannelLayout, _ rate: Int) throws {
        let form = try AudioForm(text)
        #expect(form.codec == codec && form.layout == layout && form.bitsPerSecond == rate)
    }

    @Test(
        "what no encoder takes is refused before anything runs",
        arguments: [
            "", "mp3", "aac:0", "aac:128:128", "aac:9999", "aac:7.1", "ac3:500", "ac3:7.1", "eac3:1000", "flac:900",
            "he-aac:5.1", "aac:stereo:mono", "opus:4", "aac:-5", "aac:1e3", ":aac",
        ])
    func refuses(_ text: String) throws {
        #expect { try AudioForm(text) } throws: { ($0 as? Failure)?.status == .usage }
    }

    @Test("nothing is mixed up: a track with fewer channels keeps them, at what they need")
    func fitting() throws {
        let form = try AudioForm("ac3:5.1:448")
        #expect(form.fitting(channels: 6) == (.surround, 448_000))
        #expect(form.fitting(channels: 8) == (.surround, 448_000))
        #expect(form.fitting(channels: 2) == (.stereo, 192_000))
        #expect(form.fitting(channels: 1) == (.stereo, 192_000))
        #expect(try AudioForm("flac").fitting(channels: 8) == (.wide, 0))
        #expect(try AudioForm("aac:96").fitting(channels: 6) == (.stereo, 96_000))
    }

    @Test("layouts are read from names and from labels in any order")
    func layouts() throws {
        #expect(
            SpeakerLayout.read("L/C/R/Ls/Rs/LFE") == [
                .frontLeft, .frontCenter, .frontRight, .sideLeft, .sideRight, .lowFrequency,
            ])
        #expect(SpeakerLayout.read("5.1")?.count == 6)
        #expect(SpeakerLayout.read("L/X") == nil && SpeakerLayout.read("") == nil && SpeakerLayout.read("/") == nil)
    }

    @Test("channels that nobody can place are refused")
    func unplaced() throws {
        func parts(_ count: Int) -> [TrackSource.Part] {
            (0..<count).map { TrackSource.Part(stream: $0, channels: 1, startSeconds: 0) }
        }
        #expect(throws: Failure.self) { try TrackSource(parts: parts(8), speakers: nil, place: "p") }
        #expect(throws: Failure.self) {
            try TrackSource(parts: parts(2), speakers: [.frontLeft, .frontLeft], place: "p")
        }
        #expect(throws: Failure.self) { try TrackSource(parts: parts(2), speakers: [.frontCenter], place: "p") }
        #expect(try TrackSource(parts: parts(2), speakers: nil, place: "p").speakers == [.frontLeft, .frontRight])
        #expect(try TrackSource(parts: parts(6), speakers: nil, place: "p").channels == 6)
    }
}
