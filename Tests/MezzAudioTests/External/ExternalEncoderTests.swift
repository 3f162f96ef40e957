import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Audio encoders from outside", .timeLimit(.minutes(3)))
struct ExternalEncoderTests {
    /// Runs a shell script that stands in for a licensed encoder; "$1" is the input, "$2" the output, "$3" the rest.
    private static func encode(
        _ script: String, signal: Signal = Signal(Make.tone(-20, seconds: 2)), output: String = "out.ec3",
        limits: ProcessLimits = .work, seconds: Double = 60, check: (TestFolder) throws -> Void = { _ in }
    ) async throws -> ExternalAudio {
        try await TestFolder.with { folder in
            let tools = try TestTools()
            let text = "#!/bin/sh\nset -eu\nffmpeg=\(tools.ffmpeg)\n" + script + "\n"
            let program = try folder.write(Data(text.utf8), to: "stand-in")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            let source = try folder.write(signal.wave, to: "sound {bitrate}.wav")
            let words = [program, "{input}", "{output}", "{channels}/{rate}/{bitrate}/{language}"]
            let json = String(decoding: try JSONEncoder().encode(words), as: UTF8.self)
            let encoder = ExternalEncoder(
                command: try ExternalCommand(json: json), runner: try Signal.runner(), programs: ClientRunner(path: ""),
                limits: limits, seconds: seconds)
            let result = try await encoder.encode(
                source, bitsPerSecond: 192_000, language: "en", into: output, in: folder.path)
            try check(folder)
            return result
        }
    }

    private static let eac3 = #""$ffmpeg" -v error -y -i "$1" -c:a eac3 -b:a 192k "$2""#

    @Test("what the program wrote is read and told", arguments: ["out.ec3", "out.mp4"])
    func sound(_ output: String) async throws {
        let audio = try await Self.encode(Self.eac3, output: output)
        #expect(audio.codec == "eac3" && audio.channels == 2 && audio.sampleRate == 48_000)
        #expect(abs(audio.frameSeconds - 0.032) < 1e-6)
        #expect(abs(audio.seconds - 2) <= 0.032)
    }

    @Test("places are filled once, as single arguments, whatever is in them")
    func places() async throws {
        _ = try await Self.encode(#"[ $# = 3 ]; printf '%s\n' "$1" "$3" >told;"# + Self.eac3) { folder in
            let told = try folder.text("told").split(separator: "\n").map(String.init)
            #expect(told == [folder("sound {bitrate}.wav"), "2/48000/192000/en"])
        }
    }

    @Test(
        "a program that fails, writes nothing, or writes something else is a failure",
        arguments: [
            ("echo no licence >&2; exit 3", "exit code 3", "no licence"), ("exit 0", "did not write", ""),
            ("echo garbage >\"$2\"", "wrote a track without sound", ""),
            (": >\"$2\"", "wrote a track without sound", ""), ("mkdir \"$2\"", "did not write", ""),
            ("\"$ffmpeg\" -v error -i \"$1\" -t 1 -c:a eac3 \"$2\"", "0.032 s", ""),
            ("\"$ffmpeg\" -v error -i \"$1\" -af apad=pad_dur=1 -c:a eac3 \"$2\"", "for 2.000 s", ""),
            ("kill -9 $$", "signal 9", ""),
        ])
    func failing(_ script: String, _ what: String, _ detail: String) async throws {
        let failure = await #expect(throws: Failure.self) { try await Self.encode(script) }
        #expect(failure?.status == .failed)
        #expect(failure?.what.contains(what) == true, "\(String(describing: failure))")
        #expect(detail.isEmpty || failure?.detail.contains(detail) == true)
    }

    @Test("a picture beside the sound, and two tracks, are not one sound track")
    func streams() async throws {
        for maps in ["-map 0 -map 0", "-f lavfi -i color=s=64x64:d=2 -map 0 -map 1 -c:v libx264"] {
            let failure = await #expect(throws: Failure.self) {
                try await Self.encode(#""$ffmpeg" -v error -i "$1" \#(maps) -c:a eac3 "$2""#, output: "out.mp4")
            }
            #expect(failure?.what.contains("instead of one sound track") == true, "\(String(describing: failure))")
        }
    }

    @Test("a program that hangs is ended, by its silence and by its time")
    func hanging() async throws {
        let silent = await #expect(throws: Failure.self) {
            try await Self.encode("sleep 60", limits: ProcessLimits(stallSeconds: 1))
        }
        #expect(silent?.status == .temporary && silent?.what.contains("no life") == true)
        let slow = await #expect(throws: Failure.self) {
            try await Self.encode("while :; do echo still here >&2; sleep 0.1; done", seconds: 1.5)
        }
        #expect(slow?.status == .temporary && slow?.what.contains("more than 1 s") == true)
    }

    @Test("limits on CPU time and on the file's size hold")
    func limits() async throws {
        let busy = await #expect(throws: Failure.self) {
            try await Self.encode("exec sh -c 'while :; do :; done'", limits: ProcessLimits(cpuSeconds: 1))
        }
        #expect(busy?.what.contains("CPU time") == true, "\(String(describing: busy))")
        let large = await #expect(throws: Failure.self) {
            try await Self.encode(
                "exec dd if=/dev/zero of=\"$2\" bs=65536 count=100", limits: ProcessLimits(fileBytes: 1 << 20))
        }
        #expect(large?.status == .failed, "\(String(describing: large))")
    }

    @Test("what an earlier run left does not pass for this one's")
    func leftOver() async throws {
        try await TestFolder.with { folder in
            let source = try folder.write(Signal(Make.tone(-20, seconds: 1)).wave, to: "in.wav")
            let runner = try Signal.runner()
            try await runner.run(
                ToolCommand(.ffmpeg, ["-v", "error", "-i", source, "-c:a", "eac3", folder("out.ec3")], subject: "test"))
            let command = try ExternalCommand(json: #"["true","{input}{output}"]"#)
            let encoder = ExternalEncoder(
                command: command, runner: runner, programs: ClientRunner(path: "/usr/bin:/bin"))
            let failure = await #expect(throws: Failure.self) {
                try await encoder.encode(source, bitsPerSecond: 1, into: "out.ec3", in: folder.path)
            }
            #expect(failure?.what.contains("did not write") == true)
        }
    }

    @Test("a program that is not there is unavailable, and an input that is no WAVE is refused")
    func absent() async throws {
        try await TestFolder.with { folder in
            let command = try ExternalCommand(json: #"["no-such-encoder","{input}","{output}"]"#)
            let encoder = ExternalEncoder(
                command: command, runner: try Signal.runner(), programs: ClientRunner(path: "/bin"))
            let source = try folder.write(Signal(Make.tone(-20, seconds: 1)).wave, to: "in.wav")
            let missing = await #expect(throws: Failure.self) {
                try await encoder.encode(source, bitsPerSecond: 1, into: "o.ec3", in: folder.path)
            }
            #expect(missing?.status == .unavailable)
            let text = try folder.write(Data("no sound".utf8), to: "in.txt")
            let refused = await #expect(throws: Failure.self) {
                try await encoder.encode(text, bitsPerSecond: 1, into: "o.ec3", in: folder.path)
            }
            #expect(refused?.status == .input)
        }
    }
}

@Suite("Command lines of audio encoders")
struct ExternalCommandTests {
    @Test(
        "what is no array of strings with places for input and output is refused",
        arguments: [
            "", "dee --in {input}", "[]", "[\"\",\"{input}{output}\"]", "[1,\"{input}\",\"{output}\"]", "{\"a\":1}",
            "[\"dee\",\"{input}\"]", "[\"dee\",\"{output}\"]", "[\"dee\",\"{input}\",\"{output}\",\"{speed}\"]",
            "[\"{input}\",\"{output}\"]", "[\"dee\",\"{input}\\u0000\",\"{output}\"]", "[[\"dee\"]]", "null",
        ])
    func refused(_ json: String) {
        let failure = #expect(throws: Failure.self) { try ExternalCommand(json: json) }
        #expect(failure?.status == .usage)
    }

    @Test("braces that are no place stay what they are", arguments: ["{}", "{{", "}", "{A}", "{input", "{2}", "${x"])
    func braces(_ word: String) throws {
        let json = String(decoding: try JSONEncoder().encode(["dee", word, "{input}", "{output}"]), as: UTF8.self)
        #expect(try ExternalCommand(json: json).arguments[0] == word)
    }
}
