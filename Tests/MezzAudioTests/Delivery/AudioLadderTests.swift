import Foundation
import MezzAudio
import MezzCore
import Testing

@Suite("Sound in every form", .timeLimit(.minutes(3)))
struct AudioLadderTests {
    private static let codecs: [AudioCodec] = [.aac, .ac3, .eac3, .opus, .flac]

    private static func recipe(
        _ codec: AudioCodec, _ layout: ChannelLayout = .stereo, rule: LoudnessRule? = .standard, seconds: Double = 2,
        limits: Bool = false
    ) -> AudioRecipe {
        let rates: [AudioCodec: Int] = [.aac: 192_000, .ac3: 448_000, .eac3: 448_000, .opus: 256_000]
        return AudioRecipe(
            codec: codec, layout: layout, bitsPerSecond: rates[codec] ?? 0, rule: rule, limitsPeaks: limits,
            seconds: seconds)
    }

    private static func tone(_ hertz: Double, _ level: Float = 0.1, seconds: Double = 2) -> [Float] {
        (0..<Int(seconds * 48_000)).map { level * Float(sin(2 * .pi * hertz * Double($0) / 48_000)) }
    }

    /// A burst that begins at a second.
    private static func burst(at second: Double, seconds: Double = 3) -> [Float] {
        var samples = [Float](repeating: 0, count: Int(seconds * 48_000))
        for place in 0..<96 { samples[Int(second * 48_000) + place] = 0.5 * Float(sin(Double(place) * .pi / 24)) }
        return samples
    }

    @Test("every codec comes to its loudness, in time and as long as the picture", arguments: codecs)
    func everyCodec(_ codec: AudioCodec) async throws {
        let tone = try await DeliveredSound.make([Signal(Self.tone(997))], recipe: Self.recipe(codec))
        #expect(abs((tone.encoded.delivered.integrated ?? 0) + 24) < 0.2)
        #expect((tone.encoded.delivered.truePeak ?? 0) <= -2 && tone.encoded.findings.isEmpty)
        let off = try await DeliveredSound.make(
            [Signal(Self.burst(at: 1))], recipe: Self.recipe(codec, rule: nil, seconds: 3))
        #expect(abs(off.peak(0) - 48_012) < 300, "\(codec): \(off.peak(0))")
        #expect(abs(off.channels[0].count - 144_000) < 1536)
    }

    @Test("six loudspeakers stay six, each with its own sound", arguments: codecs)
    func surround(_ codec: AudioCodec) async throws {
        // One tone a channel, at levels 3 dB apart; the low-frequency channel has one that it carries.
        let channels = (0..<6).map { Self.tone($0 == 3 ? 60 : 400 + 100 * Double($0), 0.2 * pow(0.7079, Float($0))) }
        let sound = try await DeliveredSound.make(
            [Signal(channels: channels, mask: Signal.fiveOne)], recipe: Self.recipe(codec, .surround, rule: nil))
        try #require(sound.channels.count == 6)
        for channel in 0..<6 {
            let wanted = 20 * log10(0.2 / 2.squareRoot()) - 3 * Double(channel)
            #expect(abs(sound.level(channel) - wanted) < 0.7, "\(codec) channel \(channel): \(sound.level(channel))")
        }
    }

    @Test("5.1 on two loudspeakers by ITU-R BS.775: centre and surrounds by 1/√2, no low-frequency channel")
    func downmix() async throws {
        for (channel, gains) in [
            (0, (0.0, -99.0)), (1, (-99, 0)), (2, (-3.01, -3.01)), (3, (-99, -99)), (4, (-3.01, -99)),
            (5, (-99, -3.01)),
        ] {
            var channels = [[Float]](repeating: [Float](repeating: 0, count: 96_000), count: 6)
            channels[channel] = Self.tone(997)
            // A quiet sound at the front keeps the rule of equal loudness out of the numbers.
            let sound = try await DeliveredSound.make(
                [Signal(channels: channels, mask: Signal.fiveOne)],
                recipe: Self.recipe(.flac, .stereo, rule: nil))
            let gain = sound.encoded.gain
            let reference = 20 * log10(0.1 / 2.squareRoot()) + gain
            for (side, wanted) in [(0, gains.0), (1, gains.1)] {
                let level = sound.level(side) - reference
                #expect(wanted < -90 ? level < -60 : abs(level - wanted) < 0.1, "\(channel) → \(side): \(level)")
            }
        }
    }

    @Test("7.1 comes down over 5.1: the back channels join the sides")
    func wide() async throws {
        var channels = [[Float]](repeating: [Float](repeating: 0, count: 96_000), count: 8)
        channels[4] = Self.tone(997)
        let signal = Signal(channels: channels, mask: Signal.sevenOne)
        let five = try await DeliveredSound.make([signal], recipe: Self.recipe(.flac, .surround, rule: nil))
        let level = five.level(4) - five.encoded.gain - 20 * log10(0.1 / 2.squareRoot())
        #expect(abs(level + 3.01) < 0.1 && five.level(5) < -80, "\(level)")
        let seven = try await DeliveredSound.make([signal], recipe: Self.recipe(.flac, .wide, rule: nil))
        try #require(seven.channels.count == 8)
        #expect(seven.level(4) > -25 && seven.level(0) < -80)
    }

    @Test("without a rule a mix on fewer loudspeakers is as loud as what it was mixed from")
    func kept() async throws {
        let channels = (0..<6).map { Self.tone(400 + 130 * Double($0), 0.05) }
        let signal = Signal(channels: channels, mask: Signal.fiveOne)
        let before = try await signal.loudness().integrated ?? 0
        let mixed = try await DeliveredSound.make([signal], recipe: Self.recipe(.flac, .stereo, rule: nil))
        #expect(abs((mixed.encoded.delivered.integrated ?? 0) - before) < 0.2)
        let plain = try await DeliveredSound.make([signal], recipe: Self.recipe(.flac, .surround, rule: nil))
        #expect(plain.encoded.gain == 0)
    }

    @Test("a channel a file, in film order, becomes 5.1 in the order of its labels")
    func monoFiles() async throws {
        let order: [Speaker] = [.frontLeft, .frontCenter, .frontRight, .sideLeft, .sideRight, .lowFrequency]
        let files = (0..<6).map { number in
            Signal(Self.tone(number == 5 ? 60 : 500, 0.2 * pow(0.5, Float(number))), channels: 1, mask: Signal.mono)
        }
        let sound = try await DeliveredSound.make(
            files, speakers: order, recipe: Self.recipe(.flac, .surround, rule: nil))
        // FLAC's order: left, right, centre, low, left and right surround.
        for (channel, number) in [(0, 0), (1, 2), (2, 1), (3, 5), (4, 3), (5, 4)] {
            let wanted = 20 * log10(0.2 / 2.squareRoot()) - 6.02 * Double(number)
            #expect(abs(sound.level(channel) - wanted) < 0.1, "channel \(channel)")
        }
    }

    @Test("parts that start at different times meet on the picture's clock")
    func starts() async throws {
        let files = [Signal(Self.burst(at: 1), channels: 1, mask: 0), Signal(Self.burst(at: 1), channels: 1, mask: 0)]
        let sound = try await DeliveredSound.make(
            files, speakers: [.frontLeft, .frontRight], recipe: Self.recipe(.flac, rule: nil, seconds: 3),
            starts: [0.5, -0.25])
        #expect(abs(sound.peak(0) - 72_012) < 12 && abs(sound.peak(1) - 36_012) < 12)
    }

    @Test("a limiter reaches the loudness that peaks stand in the way of")
    func limiter() async throws {
        var samples = Self.tone(300, 0.02, seconds: 6)
        for place in stride(from: 0, to: samples.count, by: 24_000) { samples[place] = 0.98 }
        let plain = try await DeliveredSound.make([Signal(samples)], recipe: Self.recipe(.aac, seconds: 6))
        #expect(plain.encoded.findings.map(\.code) == ["audio.peak-limited-gain"])
        let limited = try await DeliveredSound.make(
            [Signal(samples)], recipe: Self.recipe(.aac, seconds: 6, limits: true))
        #expect(limited.encoded.findings.isEmpty && limited.encoded.isLimited)
        #expect(abs((limited.encoded.delivered.integrated ?? 0) + 24) < 0.5)
        #expect((limited.encoded.delivered.truePeak ?? 0) <= -2)
        // The limiter looks ahead and must not delay.
        #expect(abs(limited.channels[0].count - 288_000) < 1536)
    }

    @Test("a codec that this FFmpeg cannot encode is refused with the way out")
    func unavailable() async throws {
        let recipe = AudioRecipe(codec: .heAAC, bitsPerSecond: 64_000, seconds: 1)
        await #expect {
            _ = try await DeliveredSound.make([Signal(Self.tone(440))], recipe: recipe)
        } throws: { error in
            (error as? Failure)?.status == .unavailable
        }
    }
}
