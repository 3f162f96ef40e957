import Foundation
package import MezzCore
package import MezzMedia

/// What was delivered as IAMF.
package struct IAMFDelivery: Sendable, Codable {
    package let layout: ImmersiveLayout
    package let codec: IAMFCodec
    package let bitsPerChannel: Int
    /// As measured, and written into the mix presentation; of the layout itself.
    package let loudness: Loudness
    /// Of the mix to two channels; the same where the layout has two.
    package let stereo: Loudness
    package let findings: [Finding]
}

/// Writes Immersive Audio Model and Formats (AOM, version 1.1): one channel-based audio element in one layer, and one mix
/// presentation that tells its loudness.
package struct IAMFEncoder: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// Writes `output`, of which the name's end decides: `.mp4` for a track in MP4, anything else for bare IAMF.
    /// - Parameters:
    ///   - wave: A WAVE file with the layout's channels in the order of its mask, as `ADMRenderer` writes it.
    ///   - bitsPerChannel: Bits a second; `nil` for the codec's usual ones.
    ///   - output: A path.
    ///   - folder: Where the mix to two channels lies meanwhile.
    /// - Throws: `Failure`: `unavailable` when FFmpeg cannot write IAMF, or not with this codec; `input` when the file has
    ///   other channels.
    package func encode(
        _ wave: String, layout: ImmersiveLayout, codec: IAMFCodec = .opus, bitsPerChannel: Int? = nil,
        into output: String, in folder: String
    ) async throws -> IAMFDelivery {
        try await checkMuxer()
        try await check(wave, layout)
        let meter = LoudnessMeter(runner: runner)
        let own = try await meter.survey(wave, stream: 0, seeksDialogue: false).loudness
        let stereo = layout == .stereo ? own : try await stereoLoudness(wave, layout, meter, folder)
        let bits = bitsPerChannel ?? codec.usualBitsPerChannel
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(wave) + Self.streams(layout)
            + Self.groups(layout, own: own, stereo: stereo)
            + layout.substreams.enumerated().flatMap {
                codec.arguments(number: $0, channels: $1.count, bitsPerChannel: bits)
            }
            + ["-ar", "48000"] + FFmpegCommand.reproducible
            + ["-f", output.lowercased().hasSuffix(".mp4") ? "mp4" : "iamf", "file:" + output]
        let result = try await runner.attempt(ToolCommand(.ffmpeg, arguments, subject: wave.printable))
        guard result.succeeded else { throw Self.refusal(result, codec, wave) }
        return IAMFDelivery(
            layout: layout, codec: codec, bitsPerChannel: bits, loudness: own, stereo: stereo,
            findings: Self.findings(own, codec))
    }

    /// FLAC holds whole numbers: what is over full scale is cut off.
    private static func findings(_ loudness: Loudness, _ codec: IAMFCodec) -> [Finding] {
        guard codec == .flac, let peak = loudness.samplePeak, peak > 0 else { return [] }
        return [ADMRule.clipped.finding(String(format: "samples up to %.1f dB over full scale are cut off", peak))]
    }

    /// FFmpeg writes IAMF since 7.0, where it was not left out.
    private func checkMuxer() async throws {
        let command = ToolCommand(.ffmpeg, ["-hide_banner", "-muxers"], subject: "FFmpeg's formats")
        let table = String(decoding: try await runner.collect(command, limit: 1 << 20), as: UTF8.self)
        guard table.split(separator: "\n").contains(where: { $0.split(separator: " ").dropFirst().first == "iamf" })
        else {
            throw Failure(
                .unavailable, what: "the FFmpeg found does not write IAMF",
                place: runner.tools[.ffmpeg]?.path ?? "ffmpeg",
                remedy: "use FFmpeg 7.1 or later; scripts/setup installs one")
        }
    }

    private func check(_ wave: String, _ layout: ImmersiveLayout) async throws {
        let track = try await TrackList(runner: runner).read(wave)[0]
        guard track.channels == layout.speakers.count else {
            throw Failure(
                .input, what: "has \(track.channels) channels, and \(layout.rawValue) has \(layout.speakers.count)",
                place: wave.printable, remedy: "render it to \(layout.rawValue) first")
        }
    }

    /// IAMF 1.1 section 3.8.5 asks for the loudness of a mix to two channels in every mix presentation.
    private func stereoLoudness(
        _ wave: String, _ layout: ImmersiveLayout, _ meter: LoudnessMeter, _ folder: String
    ) async throws -> Loudness {
        let mix = folder + "/stereo-" + UUID().uuidString.prefix(8) + ".wav"
        defer { try? FileManager.default.removeItem(atPath: mix) }
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(wave) + ["-map", "0:a:0", "-af", layout.stereoMix]
            + ["-c:a", "pcm_f32le", "-rf64", "auto", "-f", "wav", "file:" + mix]
        try await runner.run(ToolCommand(.ffmpeg, arguments, subject: wave.printable))
        return try await meter.survey(mix, stream: 0, seeksDialogue: false).loudness
    }

    private static func refusal(_ result: ChildResult, _ codec: IAMFCodec, _ wave: String) -> Failure {
        let words = result.errorTail.suffix(8).joined(separator: "\n")
        guard !words.contains("Not yet implemented"), !words.contains("Unknown encoder") else {
            return Failure(
                .unavailable, what: "the FFmpeg found does not write IAMF with \(codec.rawValue)",
                place: wave.printable,
                remedy: "take opus or flac", detail: words)
        }
        return Failure(
            .failed, what: "FFmpeg did not write IAMF", place: wave.printable, remedy: "see its own words below",
            detail: words)
    }
}
