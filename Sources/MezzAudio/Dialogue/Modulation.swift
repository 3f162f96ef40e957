import Foundation

/// How the level moves: shares of the modulation's power by its frequency, and the beat.
enum Modulation {
    /// Hertz at which one share ends and the next begins.
    private static let edges: [Double] = [0.7, 2, 3.2, 5.5, 9, 16, 30]
    private static let frameRate = Double(SpectralAnalyzer.sampleRate) / Double(SpectralAnalyzer.hop)

    /// Six shares, the depth in dB, how much all bands move as one, and the height of the beat.
    static func vector(_ frames: ArraySlice<SpectralFrame>) -> [Float] {
        let bands = frames.first?.bands.count ?? 0
        var shares = [Float](repeating: 0, count: edges.count - 1)
        var depth: Float = 0
        var together = [Float](repeating: 0, count: frames.count)
        for band in 0..<bands {
            // Pauses are as deep as the floor of the recording lets them be; 40 dB say enough.
            let raw = frames.map { $0.bands[band] }
            let floor = (raw.max() ?? 0) - 40
            let values = raw.map { max($0, floor) }
            let mean = Spread(values).mean
            let centered = values.map { $0 - mean }
            for place in centered.indices { together[place] += centered[place] / Float(bands) }
            for (number, power) in powers(centered).enumerated() { shares[number] += power }
            depth += Spread(values).deviation / Float(bands)
        }
        let sum = shares.reduce(0, +) + 1e-6
        let unity = Spread(together).deviation / (depth + 0.1)
        return shares.map { $0 / sum } + [depth, unity, beat(frames.map(\.flux))]
    }

    /// Power between the edges, from the Fourier transform under a Hann window.
    private static func powers(_ values: [Float]) -> [Float] {
        let table = TurnTable.of(values.count)
        var result = [Float](repeating: 0, count: edges.count - 1)
        let windowed = values.enumerated().map { $1 * (0.5 - 0.5 * table.cosines[$0]) }
        let step = frameRate / Double(values.count)
        for bin in 1...max(1, min(values.count / 2, Int(30 / step))) {
            guard let share = edges.dropFirst().firstIndex(where: { Double(bin) * step < $0 }),
                Double(bin) * step >= edges[0]
            else { continue }
            var (real, imaginary, turn): (Float, Float, Int) = (0, 0, 0)
            for value in windowed {
                real += value * table.cosines[turn]
                imaginary += value * table.sines[turn]
                turn += bin
                if turn >= values.count { turn -= values.count }
            }
            result[share - 1] += real * real + imaginary * imaginary
        }
        return result
    }

    /// The strongest correlation of the flux with itself 0.24 to 0.96 s later.
    private static func beat(_ flux: [Float]) -> Float {
        let spread = Spread(flux)
        let values = flux.map { $0 - spread.mean }
        let power = spread.deviation * spread.deviation + 1e-6
        var best: Float = 0
        for lag in 15...60 where lag + 16 <= values.count {
            var sum: Float = 0
            for place in lag..<values.count { sum += values[place] * values[place - lag] }
            best = max(best, sum / (power * Float(values.count - lag)))
        }
        return best
    }
}

/// Cosines and sines of one turn in `count` steps.
private struct TurnTable {
    let cosines: [Float]
    let sines: [Float]

    /// The length of nearly every window.
    private static let usual = TurnTable(125)

    static func of(_ count: Int) -> TurnTable { count == 125 ? usual : TurnTable(count) }

    private init(_ count: Int) {
        cosines = (0..<count).map { Float(cos(2 * Double.pi * Double($0) / Double(count))) }
        sines = (0..<count).map { Float(sin(2 * Double.pi * Double($0) / Double(count))) }
    }
}

/// Powers and logarithms of single precision.
enum Exponent {
    static func power(ofDecibels level: Float) -> Float { pow(10, level / 10) }
    static func log2(_ value: Float) -> Float { Foundation.log2(max(value, 1)) }
}
