import Foundation
import MezzAudio
import MezzCore
import Testing

/// Thirty programmes, each unlike the others in level, shape, length, rate and layout.
@Suite("Thirty inputs, normalised", .timeLimit(.minutes(4)))
struct NormalizedInputsTests {
    private static let rate = 48_000

    private static func samples(_ seconds: Double, rate: Int = rate, _ value: (Double) -> Double) -> [Float] {
        (0..<Int(seconds * Double(rate))).map { Float(value(Double($0) / Double(rate))) }
    }

    private static func noise(_ seed: UInt64) -> (Double) -> Double {
        var state = seed
        return { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(Int64(bitPattern: state)) / Double(Int64.max)
        }
    }

    private static func signal(_ number: Int) -> Signal {
        let level = pow(10, -Double(6 + number % 10 * 5) / 20)
        let seconds = 4 + Double(number % 3)
        switch number % 10 {
        case 0: return Signal(samples(seconds) { level * sin(2 * .pi * 440 * $0) })
        case 1: return Signal(samples(seconds, noise(UInt64(number))).map { $0 * Float(level) })
        case 2: return Signal(Voice.speech(seconds: seconds, pitch: 110 + Double(number), seed: UInt64(number)))
        case 3: return Signal(samples(seconds) { level * sin(2 * .pi * 997 * $0) * (0.55 + 0.45 * sin(3 * $0)) })
        case 4:
            let one = samples(seconds, rate: 44_100) { level * sin(2 * .pi * 300 * $0) }
            return Signal(one, sampleRate: 44_100)
        case 5:
            let tones = (0..<6).map { channel in
                samples(seconds) { level * sin(2 * .pi * (200 + 150 * Double(channel)) * $0) }
            }
            return Signal(channels: tones, mask: Signal.fiveOne)
        case 6: return Signal(samples(seconds) { level * sin(2 * .pi * (100 + 900 * $0) * $0) }, channels: 1, mask: 4)
        case 7:
            let (left, right) = (noise(7), noise(8))
            return Signal(
                channels: [samples(seconds, left), samples(seconds, right)].map { $0.map { $0 * Float(level) } },
                mask: Signal.stereo)
        case 8:
            // Steps of 12 dB each second: the gates open and close.
            return Signal(samples(seconds) { level * pow(0.25, $0.rounded(.down)) * sin(2 * .pi * 500 * $0) })
        default:
            // Music-like: three partials with decay, four a second.
            return Signal(
                samples(seconds) { time in
                    let decay = exp(-6 * (time * 4).truncatingRemainder(dividingBy: 1))
                    return level * decay * [1, 2, 3].map { sin(2 * .pi * 220 * $0 * time) / $0 }.reduce(0, +) / 2
                }, sampleRate: 48_000)
        }
    }

    @Test("measured after the decode they are within 0.5 LU and under the peak limit", arguments: 0..<30)
    func lands(_ number: Int) async throws {
        let codecs: [(AudioCodec, Int)] = [(.aac, 128_000), (.opus, 96_000), (.eac3, 192_000)]
        let (codec, bits) = codecs[number / 10]
        let recipe = AudioRecipe(codec: codec, bitsPerSecond: bits, limitsPeaks: true, seconds: 4)
        let sound = try await DeliveredSound.make([Self.signal(number)], recipe: recipe)
        let (loudness, peak) = (sound.encoded.delivered.integrated ?? 0, sound.encoded.delivered.truePeak ?? 0)
        #expect(abs(loudness + 24) <= 0.5, "\(number): \(loudness) LKFS, gain \(sound.encoded.gain)")
        #expect(peak <= -2, "\(number): \(peak) dBTP")
    }
}
