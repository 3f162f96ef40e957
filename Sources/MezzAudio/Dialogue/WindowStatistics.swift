/// Numbers that tell speech from music over about two seconds of frames.
///
/// Level: share of quiet frames (Saunders 1996; Scheirer and Slaney 1997). Spectrum: flux, roll-off and centroid with
/// their spread (Scheirer and Slaney 1997), flatness. Voice: harmonicity, and how the pitch goes on: speech glides,
/// music holds (Zhang and Kuo 2001). Rhythm: share of the modulation near 4 Hz, the rate of syllables (Houtgast and
/// Steeneken 1985; Scheirer and Slaney 1997), and the beat. Tone: how alike the fine structure of the spectrum stays.
/// Timbre: cepstral means, spreads and changes.
enum WindowStatistics {
    /// Values of `vector`.
    static let count = 66

    /// Fewer frames than this say nothing.
    static let fewestFrames = 16

    static func vector(_ frames: ArraySlice<SpectralFrame>) -> [Float] {
        level(frames) + spectrum(frames) + voice(frames) + tone(frames) + cepstra(frames) + Modulation.vector(frames)
    }

    private static func level(_ frames: ArraySlice<SpectralFrame>) -> [Float] {
        let levels = frames.map(\.level).sorted()
        let powers = levels.map { Exponent.power(ofDecibels: $0) }
        let mean = Spread(powers).mean
        let quiet = powers.count { $0 < 0.25 * mean }
        let last = levels[levels.count - 1]
        return [
            Spread(levels).deviation, levels[levels.count * 9 / 10] - levels[levels.count / 10],
            share(quiet, frames.count), share(levels.count { $0 < last - 25 }, frames.count),
        ]
    }

    private static func spectrum(_ frames: ArraySlice<SpectralFrame>) -> [Float] {
        [\SpectralFrame.flux, \.flatness, \.centroid, \.rollOff].flatMap { path in
            let spread = Spread(frames.map { $0[keyPath: path] })
            return [spread.mean, spread.deviation]
        }
    }

    private static func voice(_ frames: ArraySlice<SpectralFrame>) -> [Float] {
        let harmonicity = Spread(frames.map(\.harmonicity))
        let voiced = frames.filter { $0.harmonicity > 0.6 }
        var (steady, gliding) = (0, 0)
        for (left, right) in zip(frames, frames.dropFirst()) where left.harmonicity > 0.6 && right.harmonicity > 0.6 {
            let change = abs(right.period - left.period) / left.period
            if change < 0.005 { steady += 1 } else if change < 0.06 { gliding += 1 }
        }
        let periods = Spread(voiced.map { Exponent.log2($0.period) })
        return [
            harmonicity.mean, harmonicity.deviation, share(voiced.count, frames.count), share(steady, voiced.count),
            share(gliding, voiced.count), periods.deviation,
        ]
    }

    /// Likeness of the fine structure after 64 and 192 ms, and its spread.
    private static func tone(_ frames: ArraySlice<SpectralFrame>) -> [Float] {
        let near = Spread(likeness(frames, 4))
        let far = Spread(likeness(frames, 12))
        return [near.mean, far.mean, far.deviation]
    }

    private static func likeness(_ frames: ArraySlice<SpectralFrame>, _ distance: Int) -> [Float] {
        zip(frames, frames.dropFirst(distance)).map { left, right in
            var (both, one, other): (Float, Float, Float) = (0, 0, 0)
            for (a, b) in zip(left.lines, right.lines) {
                both += a * b
                one += a * a
                other += b * b
            }
            return both / (one * other + 1e-6).squareRoot()
        }
    }

    private static func cepstra(_ frames: ArraySlice<SpectralFrame>) -> [Float] {
        let count = frames.first?.cepstrum.count ?? 0
        return (0..<count).flatMap { order in
            let values = frames.map { $0.cepstrum[order] }
            let spread = Spread(values)
            return [spread.mean, spread.deviation, Spread(zip(values, values.dropFirst(2)).map { $1 - $0 }).deviation]
        }
    }

    private static func share(_ part: Int, _ whole: Int) -> Float { whole == 0 ? 0 : Float(part) / Float(whole) }
}

/// Mean and standard deviation; zero for no values.
struct Spread {
    let mean: Float
    let deviation: Float

    init(_ values: [Float]) {
        let count = Float(max(1, values.count))
        let mean = values.reduce(0, +) / count
        self.mean = mean
        deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }
}
