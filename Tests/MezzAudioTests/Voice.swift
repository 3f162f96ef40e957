import Foundation

/// Sounds that a voice, a band and the weather might make, by rule.
enum Voice {
    /// First three formants of five vowels in Hz (Peterson and Barney 1952).
    private static let vowels: [[Double]] = [
        [270, 2290, 3010], [530, 1840, 2480], [730, 1090, 2440], [570, 840, 2410], [300, 870, 2240],
    ]

    /// Utterances of some syllables with pauses: glottal pulses or noise through formants that glide from vowel to vowel.
    /// - Parameter pitch: Hz at the beginning of an utterance; it falls.
    static func speech(seconds: Double, pitch: Double, seed: UInt64, sampleRate: Int = 48_000) -> [Float] {
        var random = Random(seed: seed)
        let rate = Double(sampleRate)
        var samples: [Float] = []
        var filters = Array(repeating: Resonator(), count: 3)
        var (phase, formants) = (0.0, vowels[2])
        while Double(samples.count) < seconds * rate {
            let syllables = 4 + Int(random.unit() * 6)
            for syllable in 0..<syllables {
                let target = vowels[Int(random.unit() * 5)]
                let (consonant, vowel) = (0.04 + 0.06 * random.unit(), 0.09 + 0.12 * random.unit())
                let fall = 1.15 - 0.35 * Double(syllable) / Double(syllables) + 0.08 * (random.unit() - 0.5)
                for place in 0..<Int((consonant + vowel) * rate) {
                    let time = Double(place) / rate
                    guard time >= consonant else {
                        // Hiss: noise without its low part.
                        samples.append(Float(0.06 * (random.unit() - 0.5) * sin(.pi * time / consonant)))
                        continue
                    }
                    let share = (time - consonant) / vowel
                    for index in 0..<3 { formants[index] += (target[index] - formants[index]) * 0.0008 }
                    phase += pitch * (fall + 0.06 * sin(.pi * share)) * (1 + 0.01 * (random.unit() - 0.5)) / rate
                    let pulse = phase >= 1 ? 1.0 : 0
                    phase -= pulse
                    var value = pulse + 0.004 * (random.unit() - 0.5)
                    for index in 0..<3 {
                        value = filters[index].next(value, hertz: formants[index], width: 60 + 40 * Double(index), rate)
                    }
                    samples.append(Float(2.5 * value * pow(sin(.pi * min(1, share * 1.02)), 0.5)))
                }
            }
            samples += (0..<Int((0.15 + 0.4 * random.unit()) * rate)).map { _ in Float(0.0005 * (random.unit() - 0.5)) }
        }
        return leveled(Array(samples.prefix(Int(seconds * rate))))
    }

    /// Chords that change every two seconds, with a tune over them, of decaying partials.
    static func music(seconds: Double, seed: UInt64, sampleRate: Int = 48_000) -> [Float] {
        var random = Random(seed: seed)
        let rate = Double(sampleRate)
        var samples = [Float](repeating: 0, count: Int(seconds * rate))
        let scale = [0, 2, 4, 5, 7, 9, 11].map { 196 * pow(2, Double($0) / 12) }
        func play(_ hertz: Double, at start: Double, for length: Double, _ level: Double) {
            for place in Int(start * rate)..<min(samples.count, Int((start + length) * rate)) {
                let time = Double(place) / rate - start
                let envelope = level * min(1, time / 0.01) * exp(-1.2 * time) * min(1, (length - time) / 0.02)
                let angle = 2 * Double.pi * hertz * time
                samples[place] += Float(envelope * (sin(angle) + 0.5 * sin(2 * angle) + 0.25 * sin(3 * angle)))
            }
        }
        for (number, start) in stride(from: 0, to: seconds, by: 2).enumerated() {
            let root = [0, 3, 4, 0][number % 4]
            for step in [0, 2, 4] { play(scale[(root + step) % 7], at: start, for: 2, 0.2) }
            for beat in 0..<4 {
                play(2 * scale[Int(random.unit() * 7)], at: start + 0.5 * Double(beat), for: 0.5, 0.25)
            }
        }
        return leveled(samples)
    }

    /// Brought to a root mean square of −26 dBFS.
    static func leveled(_ samples: [Float]) -> [Float] {
        let mean = samples.reduce(0) { $0 + $1 * $1 } / Float(max(1, samples.count))
        return samples.map { $0 * 0.05 / (mean.squareRoot() + 1e-9) }
    }

    private struct Resonator {
        private var (last, before) = (0.0, 0.0)

        mutating func next(_ input: Double, hertz: Double, width: Double, _ rate: Double) -> Double {
            let radius = exp(-.pi * width / rate)
            let bend = 2 * radius * cos(2 * .pi * hertz / rate)
            let output = (1 - bend + radius * radius) * input + bend * last - radius * radius * before
            (before, last) = (last, output)
            return output
        }
    }
}
