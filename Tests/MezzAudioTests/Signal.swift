import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzTestKit

/// Sound made by rule: samples of each channel.
struct Signal {
    var channels: [[Float]]
    var sampleRate = 48_000
    /// Loudspeakers as in a WAVE header; 0 names none.
    var mask: UInt32 = 0

    static let mono: UInt32 = 0x4
    static let stereo: UInt32 = 0x3
    static let five: UInt32 = 0x37
    static let fiveOne: UInt32 = 0x3F
    static let sevenOne: UInt32 = 0x63F

    /// The same in each of `count` channels.
    init(_ samples: [Float], channels count: Int = 2, mask: UInt32 = Signal.stereo, sampleRate: Int = 48_000) {
        channels = Array(repeating: samples, count: count)
        self.mask = mask
        self.sampleRate = sampleRate
    }

    init(channels: [[Float]], mask: UInt32, sampleRate: Int = 48_000) {
        self.channels = channels
        self.mask = mask
        self.sampleRate = sampleRate
    }

    /// A WAVE file of 32-bit floats.
    var wave: Data {
        var data = Data()
        func put(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
        }
        let count = channels.count
        let frames = channels.map(\.count).max() ?? 0
        data.append(contentsOf: Array("RIFF".utf8))
        put(UInt32(60 + frames * count * 4))
        data.append(contentsOf: Array("WAVEfmt ".utf8))
        put(UInt32(40))
        put(UInt16(0xFFFE))
        put(UInt16(count))
        put(UInt32(sampleRate))
        put(UInt32(sampleRate * count * 4))
        put(UInt16(count * 4))
        put(UInt16(32))
        put(UInt16(22))
        put(UInt16(32))
        put(mask)
        data.append(contentsOf: [3, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71])
        data.append(contentsOf: Array("data".utf8))
        put(UInt32(frames * count * 4))
        var samples: [Float] = []
        samples.reserveCapacity(frames * count)
        for frame in 0..<frames {
            for channel in channels { samples.append(frame < channel.count ? channel[frame] : 0) }
        }
        samples.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }

    /// What the meter measures on it.
    func survey(seeksDialogue: Bool = false, dualMono: Bool = false) async throws -> SoundSurvey {
        try await TestFolder.with { folder in
            let path = try folder.write(wave, to: "signal.wav")
            return try await LoudnessMeter(runner: try Self.runner())
                .survey(path, stream: 0, seeksDialogue: seeksDialogue, dualMono: dualMono)
        }
    }

    func loudness() async throws -> Loudness { try await survey().loudness }

    static func runner() throws -> ToolRunner {
        let tools = try TestTools()
        return ToolRunner(
            tools: ToolSet([
                FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
            ]))
    }
}

/// Tones and noises, one channel each.
enum Make {
    /// A sine whose peak is `level` dBFS.
    static func tone(
        _ level: Double, seconds: Double, hertz: Double = 1000, phase: Double = 0, sampleRate: Int = 48_000
    ) -> [Float] {
        let amplitude = pow(10, level / 20)
        return (0..<Int((seconds * Double(sampleRate)).rounded())).map {
            Float(amplitude * sin(2 * .pi * hertz * Double($0) / Double(sampleRate) + phase))
        }
    }

    static func silence(_ seconds: Double, sampleRate: Int = 48_000) -> [Float] {
        Array(repeating: 0, count: Int((seconds * Double(sampleRate)).rounded()))
    }

    /// Tones of 1 kHz one after another.
    static func tones(_ parts: [(level: Double, seconds: Double)]) -> [Float] {
        parts.flatMap { tone($0.level, seconds: $0.seconds) }
    }

    /// White noise that is the same on every run.
    static func noise(_ level: Double, seconds: Double, seed: UInt64 = 1, sampleRate: Int = 48_000) -> [Float] {
        var random = Random(seed: seed)
        let amplitude = pow(10, level / 20)
        return (0..<Int(seconds * Double(sampleRate))).map { _ in Float(amplitude * (2 * random.unit() - 1)) }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// 0..<1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
