import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzTestKit

/// A track as it is delivered: what the encoder said, and every channel after the decode.
struct DeliveredSound {
    let encoded: EncodedAudio
    let channels: [[Float]]

    /// Encodes a signal.
    /// - Parameters:
    ///   - signals: Files, of which each is a part of the track.
    ///   - starts: When each part begins, in seconds on the picture's clock.
    static func make(
        _ signals: [Signal], speakers: [Speaker]? = nil, recipe: AudioRecipe, starts: [Double] = [],
        features: Set<String> = ["aac", "ac3", "eac3", "libopus", "flac"]
    ) async throws -> DeliveredSound {
        try await TestFolder.with { folder in
            let ffmpeg = FoundTool(tool: .ffmpeg, path: try TestTools().ffmpeg, version: "test", features: features)
            let runner = ToolRunner(tools: ToolSet([ffmpeg]))
            var parts: [TrackSource.Part] = []
            for (number, signal) in signals.enumerated() {
                try folder.write(signal.wave, to: "\(number).wav")
                parts.append(
                    TrackSource.Part(
                        file: ContentHash.of(Data("\(number)".utf8)), stream: 0, channels: signal.channels.count,
                        startSeconds: number < starts.count ? starts[number] : 0))
            }
            let track = try TrackSource(parts: parts, speakers: speakers, place: "test")
            let encoded = try await AudioEncoder(runner: runner).encode(
                track, recipe: recipe, stream: "track", into: "out.mp4", in: folder.path
            ) { part in folder("\(parts.firstIndex(of: part) ?? 0).wav") }
            return DeliveredSound(encoded: encoded, channels: try await decode(folder("out.mp4"), runner, folder))
        }
    }

    private static func decode(_ path: String, _ runner: ToolRunner, _ folder: TestFolder) async throws -> [[Float]] {
        let count = try await Child(
            try TestTools().ffprobe, ["-v", "error", "-show_entries", "stream=channels", "-of", "csv=p=0", path],
            in: folder
        ).end(within: 60).text.prefix(while: \.isNumber)
        let channels = Int(count) ?? 1
        let data = try await runner.collect(
            ToolCommand(
                .ffmpeg, FFmpegCommand.preamble + FFmpegCommand.input(path) + ["-f", "f32le", "pipe:1"], subject: path))
        let samples = data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
        }
        return (0..<channels).map { channel in
            stride(from: channel, to: samples.count, by: channels).map { samples[$0] }
        }
    }

    /// Root mean square of a channel in dB, over the middle of the track.
    func level(_ channel: Int) -> Double {
        let samples = channels[channel]
        let middle = samples[samples.count / 4..<samples.count * 3 / 4]
        let power = middle.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, middle.count))
        return power > 0 ? 10 * log10(power) : -.infinity
    }

    /// Where the loudest sample of a channel stands.
    func peak(_ channel: Int) -> Int {
        channels[channel].indices.max { abs(channels[channel][$0]) < abs(channels[channel][$1]) } ?? 0
    }
}
