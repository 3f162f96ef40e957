import Foundation
import MezzCore
import MezzMedia
import MezzTestKit

/// How loud each loudspeaker of a file is, by FFmpeg and none of mezz's own code.
struct LoudspeakerLevels {
    /// FFmpeg's names of the channels: "FL".
    let names: [String]
    /// RMS in dBFS of each channel; −200 for silence.
    let levels: [Double]
    let frames: Int

    func level(_ name: String) -> Double { names.firstIndex(of: name).map { levels[$0] } ?? .nan }

    /// Channels that can be heard: within 60 dB of full scale.
    var sounding: [String] { names.indices.filter { levels[$0] > -60 }.map { names[$0] } }

    /// - Parameter options: FFmpeg's arguments after the input.
    static func of(_ path: String, _ options: [String] = [], from start: Double = 0, to end: Double = 1e6) async throws
        -> LoudspeakerLevels
    {
        let runner = try Signal.runner()
        let arguments =
            ["-v", "error", "-i", "file:" + path] + options
            + ["-c:a", "pcm_f32le", "-f", "wav", "-bitexact", "pipe:1"]
        let data = try await runner.collect(ToolCommand(.ffmpeg, arguments, subject: path), limit: 1 << 28)
        return try LoudspeakerLevels(wave: Array(data), from: start, to: end)
    }

    private static let order = [
        "FL", "FR", "FC", "LFE", "BL", "BR", "FLC", "FRC", "BC", "SL", "SR", "TC", "TFL", "TFC", "TFR", "TBL", "TBC",
        "TBR",
    ]

    struct Unreadable: Error {}

    private init(wave: [UInt8], from start: Double, to end: Double) throws {
        guard wave.count > 68, wave[20] == 0xFE || wave[20] == 3 else { throw Unreadable() }
        let channels = Int(wave[22])
        let rate = Int(wave[24]) | Int(wave[25]) << 8 | Int(wave[26]) << 16
        let mask =
            wave[20] == 0xFE ? Int(wave[40]) | Int(wave[41]) << 8 | Int(wave[42]) << 16 : [0, 4, 3][min(2, channels)]
        names = Self.order.enumerated().filter { mask >> $0.offset & 1 == 1 }.map(\.element)
        guard names.count == channels, let data = wave.firstRange(of: Array("data".utf8)) else { throw Unreadable() }
        let first = data.upperBound + 4
        frames = (wave.count - first) / 4 / channels
        let range = Int(start * Double(rate))..<min(frames, Int(min(end, 1e4) * Double(rate)))
        levels = wave.withUnsafeBytes { bytes in
            (0..<channels).map { channel in
                var sum = 0.0
                for frame in range {
                    let place = first + 4 * (frame * channels + channel)
                    let value = Double(bytes.loadUnaligned(fromByteOffset: place, as: Float.self))
                    sum += value * value
                }
                return sum > 0 ? 10 * log10(sum / Double(range.count)) : -200
            }
        }
    }
}
