import Foundation
import Glibc
import MezzTestKit
import Testing

@Suite("Sound and text of a title", .serialized, .timeLimit(.minutes(10)))
struct SoundAndTextTests {
    private static let srt = """
        1
        00:00:00,500 --> 00:00:01,500
        Hello <i>world</i>

        2
        00:00:02,000 --> 00:00:03,200
        Fish & chips
        twice

        """
    private static let vtt = """
        WEBVTT

        00:00:01.000 --> 00:00:02.500 line:10% align:start
        Bonjour

        00:00:02.000 --> 00:00:03.000
        Deux

        """

    /// Four seconds with 5.1 in English, stereo in French and a mono commentary.
    private static func source(in folder: TestFolder) async throws -> String {
        let six = (1...6).map { "0.1*sin(\($0 * 700)*t)" }.joined(separator: "|")
        return try await MediaMaker(in: folder).make(
            "title.mkv",
            MediaRecipe.picture(MediaRecipe.pattern("192x108", rate: "25", seconds: 4))
                + ["-f", "lavfi", "-i", "aevalsrc=\(six):c=5.1:s=48000:d=4"]
                + ["-f", "lavfi", "-i", "aevalsrc=0.02*sin(2500*t)|0.02*sin(3000*t):c=stereo:s=44100:d=3.5"]
                + MediaRecipe.tone(seconds: 4, level: 0.3)
                + ["-map", "0", "-map", "1", "-map", "2", "-map", "3"] + MediaRecipe.avc + ["-c:a", "pcm_s24le"]
                + ["-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=fra"]
                + ["-metadata:s:a:2", "language=eng", "-disposition:a:2", "comment"])
    }

    private static func encode(
        _ options: [String], in folder: TestFolder, to output: String = "out"
    ) async throws -> ChildEnd {
        try await MezzProgram(in: folder).run(
            ["encode", try await source(in: folder), "-o", output, "--ladder", "category", "--codec", "avc"]
                + ["--preset", "ultrafast"] + options)
    }

    @Test("every track comes in every form, with roles, groups and one default", .tags(.slow))
    func ladder() async throws {
        try await TestFolder.with { folder in
            try folder.write(Data(Self.srt.utf8), to: "en.srt")
            try folder.write(Data(Self.vtt.utf8), to: "fr.vtt")
            let end = try await Self.encode(
                [
                    "--audio", "aac:96", "--audio", "aac:192", "--audio", "eac3:5.1:384", "--text", "en.srt:en",
                    "--text", "fr.vtt:fr,captions,default", "--text", "en.srt:en,forced,name=Signs",
                ], in: folder)
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let package = try EncodedPackage("out", in: folder)
            let audio = package.report["audio"].items
            #expect(
                audio.compactMap { $0["id"].string } == [
                    "aac-96k-1-eng", "aac-96k-2-fra", "aac-96k-3-eng", "aac-192k-1-eng", "aac-192k-2-fra",
                    "aac-192k-3-eng", "eac3-1-eng", "eac3-2-fra", "eac3-3-eng",
                ])
            #expect(audio.compactMap { $0["channels"].int } == [2, 2, 2, 2, 2, 2, 6, 2, 2])
            #expect(audio.allSatisfy { abs(($0["loudness"]["integrated_lkfs"].number ?? 0) + 24) <= 0.5 })
            #expect(Set(package.report["text"].items.compactMap { $0["kind"].string }).count == 3)
            let master = try folder.text("out/master.m3u8")
            let media = master.split(separator: "\n").filter { $0.hasPrefix("#EXT-X-MEDIA:") }
            for group in ["aac-96k", "aac-192k", "eac3"] {
                let own = media.filter { $0.contains("GROUP-ID=\"\(group)\"") }
                #expect(own.count == 3 && own.count { $0.contains("DEFAULT=YES") } == 1)
                #expect(own.contains { $0.contains("NAME=\"English (commentary)\"") })
            }
            #expect(media.count { $0.contains("FORCED=YES") && $0.contains("NAME=\"Signs\"") } == 1)
            #expect(media.count { $0.contains("TYPE=SUBTITLES") && $0.contains("DEFAULT=YES") } == 1)
            let manifest = try folder.text("out/manifest.mpd")
            for role in ["main", "dub", "commentary", "subtitle", "caption", "forced-subtitle"] {
                #expect(manifest.contains("urn:mpeg:dash:role:2011\" value=\"\(role)\""), "\(role)")
            }
            try await Self.checkTexts(in: folder)
        }
    }

    /// What was written by hand is there: the file with its words, and `mezz qc` sees when segments say something else.
    private static func checkTexts(in folder: TestFolder) async throws {
        #expect(try folder.text("out/text/sub-1-en.vtt").contains("Hello <i>world</i>"))
        #expect(try folder.text("out/text/cc-2-fr.vtt").contains("00:00:01.000 --> 00:00:02.500 line:10% align:start"))
        #expect(try folder.text("out/text/sub-1-en.m3u8").contains("#EXTINF:4.000,\nsub-1-en.vtt"))
        let mezz = try MezzProgram(in: folder)
        #expect(try await mezz.run(["qc", "out"]).status == 0)
        let changed = try folder.text("out/text/sub-1-en.vtt").replacing("Fish", with: "Cod")
        try folder.write(Data(changed.utf8), to: "out/text/sub-1-en.vtt")
        let damaged = try await mezz.run(["qc", "out"])
        #expect(damaged.status == 1 && damaged.text.contains("package.text"), "\(damaged.text)")
    }

    @Test("a segmented package carries its texts as well", .tags(.slow))
    func segmented() async throws {
        try await TestFolder.with { folder in
            try folder.write(Data(Self.vtt.utf8), to: "fr.vtt")
            let end = try await Self.encode(
                ["--segmented", "--segment", "1", "--audio", "none", "--text", "fr.vtt:fr"], in: folder)
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            #expect(folder.names(in: "out/text/sub-1-fr").contains("00004.m4s"))
            #expect(try EncodedPackage("out", in: folder).audioIDs.isEmpty)
        }
    }

    @Test("only the tracks that are named, joined from mono files in the order of their labels", .tags(.slow))
    func monoFiles() async throws {
        try await TestFolder.with { folder in
            for (name, level) in [("L", 0.4), ("R", 0.1)] {
                try await MediaMaker(in: folder).make(
                    name + ".wav", MediaRecipe.tone(seconds: 5, level: level) + ["-c:a", "pcm_s24le"])
            }
            let end = try await Self.encode(
                [
                    "--audio", "flac:stereo", "--spec", "off", "--audio-track", "R.wav+L.wav:layout=R/L,language=de",
                    "--audio-track", "3:role=description,default",
                ], in: folder)
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let package = try EncodedPackage("out", in: folder)
            #expect(package.audioIDs == ["flac-1-de", "flac-2-eng"])
            let samples = try await MediaMaker(in: folder).ffmpeg(
                ["-v", "error", "-i", folder("out/audio/flac-1-de.mp4"), "-f", "f32le", "-"]
            ).output.withUnsafeBytes { bytes in
                (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
            }
            // As long as the picture, louder on the left: 12 dB.
            #expect(samples.count == 2 * 4 * 48_000)
            let loudest = (0...1).map { side in
                stride(from: side, to: samples.count, by: 2).map { abs(samples[$0]) }.max() ?? 0
            }
            #expect(abs(loudest[0] - 0.4) < 0.01 && abs(loudest[1] - 0.1) < 0.01, "\(loudest)")
            #expect(try folder.text("out/manifest.mpd").contains("AudioPurposeCS:2007\" value=\"1\""))
            let media = try folder.text("out/master.m3u8").split(separator: "\n").filter { $0.contains("DEFAULT=YES") }
            #expect(media.count == 1 && media[0].contains("flac-2-eng"))
        }
    }

    @Test("a program of the user's encodes a form, and the report says so", .tags(.slow))
    func external() async throws {
        try await TestFolder.with { folder in
            let tools = try TestTools()
            let script = """
                #!/bin/sh
                exec "\(tools.ffmpeg)" -v error -y -i "$1" -c:a eac3 -b:a "$3" -f eac3 "$2"
                """
            let program = try folder.write(Data(script.utf8), to: "encoder")
            chmod(program, 0o755)
            let command = #"["\#(program)","{input}","{output}","{bitrate}"]"#
            let options = ["--audio", "external:5.1:640", "--audio-track", "1:language=en"]
            let end = try await Self.encode(options + ["--audio-encoder-command", command], in: folder)
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let report = try EncodedPackage("out", in: folder).report
            let track = report["audio"][0]
            #expect(track["codec"].string == "eac3" && track["channels"].int == 6)
            #expect(abs((track["loudness"]["integrated_lkfs"].number ?? 0) + 24) < 0.5)
            #expect(report["qc"]["findings"].items.contains { $0["code"].string == "audio.external" })
            #expect(try folder.text("out/master.m3u8").contains("ec-3"))
            let alone = try await Self.encode(options, in: folder, to: "other")
            #expect(alone.status == 64 && alone.errorText.contains("belong together"), "\(alone.errorText)")
        }
    }

    @Test(
        "what cannot be delivered is refused before anything is encoded",
        arguments: [
            (["--audio", "mp3"], Int32(64), "names no codec"),
            (["--audio-track", "9"], 65, "the sound tracks are streams"),
            (["--audio-track", "1:layout=stereo"], 65, "2 loudspeakers, the sound 6 channels"),
            (["--audio-track", "none.wav"], 65, "none.wav"), (["--text", "en.srt"], 64, "names no language"),
            (["--text", "en.srt:xx-nobody"], 64, "no language of ISO 639"),
            (["--audio-track", "1:language=en-x;output=a"], 64, "ISO 639 does not know"),
            (["--text", "none.srt:en"], 65, "none.srt"),
            (["--text", "bad.srt:en"], 65, "bad.srt"), (["--audio", "aac:96", "--audio", "aac:96"], 64, "twice"),
            (["--spec", "off", "--target", "-20"], 64, "asks for no loudness"),
        ])
    func refused(_ options: [String], _ status: Int32, _ words: String) async throws {
        try await TestFolder.with { folder in
            try folder.write(Data(Self.srt.utf8), to: "en.srt")
            try folder.write(Data("nothing timed".utf8), to: "bad.srt")
            let end = try await Self.encode(options, in: folder)
            #expect(end.status == status && end.errorText.contains(words), "\(end.status) \(end.errorText)")
            #expect(!FileManager.default.fileExists(atPath: folder("out/video")))
        }
    }

    @Test("a flood of cues at one time is refused")
    func flood() async throws {
        try await TestFolder.with { folder in
            let cues = (0..<100).map { "\($0 + 1)\n00:00:01,\(100 + $0) --> 00:00:03,000\nCue \($0)\n" }
            try folder.write(Data(cues.joined(separator: "\n").utf8), to: "flood.srt")
            let end = try await Self.encode(["--audio", "none", "--text", "flood.srt:en"], in: folder)
            #expect(end.status == 65 && end.errorText.contains("shown at once"), "\(end.errorText)")
        }
    }

    @Test("a text that belongs to another cut fails quality control, and an offset mends it", .tags(.slow))
    func late() async throws {
        try await TestFolder.with { folder in
            let late = Self.srt.replacing("00:00:0", with: "01:00:0")
            try folder.write(Data(late.utf8), to: "late.srt")
            let options = ["--audio", "none", "--text", "late.srt:en"]
            let end = try await Self.encode(options, in: folder)
            #expect(end.status == 1 && end.text.contains("text.cue.late"), "\(end.errorText)\(end.text)")
            let mended = try await Self.encode(options + ["--text-offset", "-3600"], in: folder, to: "mended")
            #expect(mended.status == 0, "\(mended.errorText)\(mended.text)")
            #expect(try folder.text("mended/text/sub-1-en.vtt").contains("00:00:02.000 --> 00:00:03.200"))
        }
    }
}
