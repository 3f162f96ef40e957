import Foundation
import MezzCore
import MezzFormats
import MezzMedia

/// A player that knows nothing but a manifest reaches the last frame: FFmpeg reads through it and packets are counted.
struct PlaybackCheck {
    let runner: ToolRunner
    let folder: String

    /// The DASH presentation. FFmpeg refuses one with text in MP4 altogether and knows no image sets, so it is given one
    /// without them, aside.
    func presentation(expected: [(stream: String, packets: Int)]) async throws -> [Finding] {
        let manifest = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.mpd")), as: UTF8.self)
        let sets = #/<AdaptationSet\b[^>]*\bcontentType="(?:text|image)"[^>]*>.*?<\/AdaptationSet>/#
            .dotMatchesNewlines()
        let playable = manifest.replacing(sets, with: "")
        guard playable != manifest else { return try await findings("manifest.mpd", expected: expected) }
        let aside = try TemporaryFolder("playback")
        defer { aside.remove() }
        let manager = FileManager.default
        for name in try manager.contentsOfDirectory(atPath: folder) where name == "video" || name == "audio" {
            try manager.createSymbolicLink(atPath: aside.path + "/" + name, withDestinationPath: folder + "/" + name)
        }
        try Data(playable.utf8).write(to: URL(fileURLWithPath: aside.path + "/manifest.mpd"))
        return try await PlaybackCheck(runner: runner, folder: aside.path).findings("manifest.mpd", expected: expected)
    }

    /// - Parameter expected: Packets of each stream, in FFmpeg's order, with the track's name.
    func findings(_ manifest: String, expected: [(stream: String, packets: Int)]) async throws -> [Finding] {
        var counter = PacketCounter()
        // The manifest's name alone: in its folder's, FFmpeg would take "?" and "#" for parts of a URL.
        // Without a look ahead: where that reaches the end of a short track, FFmpeg's DASH reader plays it twice.
        let options = ["-allowed_extensions", "ALL", "-nofind_stream_info"]
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(manifest, options: options)
            + ["-map", "0", "-c", "copy", "-f", "framecrc", "-"]
        let command = ToolCommand(
            .ffmpeg, arguments, workingDirectory: folder, limits: VerifierLimits.process,
            subject: "reading of \(manifest)".printable)
        let result = try await runner.attempt(command) { counter.append($0) }
        try VerifierLimits.checkEnding(result, command)
        let words = VerifierLimits.complaint(result, lines: 1)
        let complaint = words.isEmpty ? "" : ": " + words
        if counter.packets.count > expected.count || !result.succeeded {
            return [PackageRule.playback.finding("FFmpeg cannot read \(manifest)" + complaint)]
        }
        return expected.enumerated().compactMap { index, track in
            let packets = index < counter.packets.count ? counter.packets[index] : 0
            guard packets != track.packets else { return nil }
            return PackageRule.playback.finding(
                "through \(manifest) FFmpeg reads \(packets) of \(track.packets) packets" + complaint,
                stream: track.stream)
        }
    }
}

/// Counts the packets of each stream in FFmpeg's framecrc lines "0, 1024, …".
struct PacketCounter {
    private(set) var packets: [Int] = []
    private var number = 0
    /// What the rest of the line is: still the stream's number, or of no interest.
    private var isNumber = true

    private static let streamLimit = 4096

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"):
                number = 0
                isNumber = true
            case UInt8(ascii: ",") where isNumber:
                count()
                isNumber = false
            case UInt8(ascii: "0")...UInt8(ascii: "9") where isNumber && number < Self.streamLimit:
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
            case UInt8(ascii: " ") where isNumber: break
            default: isNumber = false
            }
        }
    }

    private mutating func count() {
        guard number < Self.streamLimit else { return }
        while packets.count <= number { packets.append(0) }
        packets[number] += 1
    }
}
