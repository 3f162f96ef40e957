/// What one frame of 25 ms sounds like. Nothing here but `level` changes with the volume.
struct SpectralFrame: Sendable {
    /// dB over full scale.
    var level: Float = -100
    /// Change of the mel spectrum since the frame before, dB.
    var flux: Float = 0
    /// Geometric over arithmetic mean of the power between 300 and 5000 Hz, dB (0 is white noise).
    var flatness: Float = 0
    /// Mel band at the spectrum's centre of gravity, and the one under which 85% of the power lie.
    var centroid: Float = 0
    var rollOff: Float = 0
    /// Height of the strongest peak of the normalised autocorrelation at a pitch of 80 to 400 Hz (Boersma 1993).
    var harmonicity: Float = 0
    /// Samples of that pitch's period.
    var period: Float = 0
    /// Mel-frequency cepstrum 1…12 (Davis and Mermelstein 1980), natural logarithms.
    var cepstrum: [Float] = []
    /// Level in eight groups of mel bands, dB.
    var bands: [Float] = []
    /// Log power of single frequencies from 300 to 4000 Hz without its local mean, dB.
    var lines: [Float] = []
}

/// Makes `SpectralFrame`s of a signal of 16 kHz, 62.5 a second.
struct SpectralAnalyzer {
    static let sampleRate = 16_000
    static let hop = 256
    private static let length = 400
    private static let size = 512
    private static let melCount = 32
    private static let cepstrumCount = 12
    private static let lags = 40...200
    private static let lineBins = 10..<128

    private let fourier = Fourier(count: size)
    private let window: [Float]
    /// The window's own autocorrelation: a pure tone of any period comes out as 1 after the division by it.
    private let windowCorrelation: [Float]
    private let mel = MelBank(bands: melCount, size: size, sampleRate: Double(sampleRate), range: 80...6500)
    private let cosines: [Float]
    private var pending: [Float] = []
    private var lastMel: [Float]?

    init() {
        let window = (0..<Self.length).map { 0.5 - 0.5 * Float(FourierMath.cosine($0, of: Self.length)) }
        self.window = window
        var real = window + Array(repeating: 0, count: Self.size - Self.length)
        var imaginary = [Float](repeating: 0, count: Self.size)
        let fourier = Fourier(count: Self.size)
        fourier.transform(&real, &imaginary)
        var power = zip(real, imaginary).map { $0 * $0 + $1 * $1 }
        var none = [Float](repeating: 0, count: Self.size)
        fourier.transform(&power, &none)
        let whole = power[0]
        windowCorrelation = power.map { $0 / whole }
        cosines = (1...Self.cepstrumCount).flatMap { order in
            (0..<Self.melCount).map { Float(FourierMath.halfCosine(order, $0, of: Self.melCount)) }
        }
    }

    /// Adds samples and hands out the frames that they complete, two at a time.
    mutating func process(_ samples: [Float]) -> [SpectralFrame] {
        pending.append(contentsOf: samples)
        var frames: [SpectralFrame] = []
        var start = 0
        while start + Self.hop + Self.length <= pending.count {
            frames += pair(at: start)
            start += 2 * Self.hop
        }
        pending.removeFirst(start)
        return frames
    }

    /// Two frames from one transform: one in the real part, one in the imaginary.
    private mutating func pair(at start: Int) -> [SpectralFrame] {
        var real = [Float](repeating: 0, count: Self.size)
        var imaginary = real
        for place in 0..<Self.length {
            real[place] = pending[start + place] * window[place]
            imaginary[place] = pending[start + Self.hop + place] * window[place]
        }
        fourier.transform(&real, &imaginary)
        var first = [Float](repeating: 0, count: Self.size)
        var second = first
        for bin in 0..<Self.size {
            let mirror = (Self.size - bin) & (Self.size - 1)
            let (a, b, c, d) = (real[bin], imaginary[bin], real[mirror], imaginary[mirror])
            first[bin] = ((a + c) * (a + c) + (b - d) * (b - d)) / 4
            second[bin] = ((b + d) * (b + d) + (a - c) * (a - c)) / 4
        }
        var (left, right) = (first, second)
        // The power is even and real, so each part of the transform is one frame's autocorrelation.
        fourier.transform(&left, &right)
        return [frame(first, left), frame(second, right)]
    }

    private mutating func frame(_ power: [Float], _ correlation: [Float]) -> SpectralFrame {
        var frame = SpectralFrame()
        frame.level = Decibels.ofPower(correlation[0] / Float(Self.size * Self.length) * 2.67)
        let energies = mel.energies(power)
        let logs = energies.map { Decibels.ofPower($0) }
        if let lastMel { frame.flux = Self.distance(logs, lastMel) }
        lastMel = logs
        frame.flatness = Self.flatness(power)
        (frame.centroid, frame.rollOff) = Self.balance(energies)
        (frame.harmonicity, frame.period) = pitch(correlation)
        frame.cepstrum = cepstrum(logs)
        frame.bands = (0..<8).map { group in logs[4 * group..<4 * group + 4].reduce(0, +) / 4 }
        frame.lines = Self.lines(power)
        return frame
    }

    /// Root mean square of the change, after the change of the whole level is taken out.
    private static func distance(_ left: [Float], _ right: [Float]) -> Float {
        let changes = zip(left, right).map { $0 - $1 }
        let mean = changes.reduce(0, +) / Float(changes.count)
        return (changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(changes.count)).squareRoot()
    }

    private static func flatness(_ power: [Float]) -> Float {
        let part = power[10..<160]
        let mean = part.reduce(0, +) / Float(part.count)
        let logs = part.reduce(Float(0)) { $0 + Decibels.ofPower($1) }
        return logs / Float(part.count) - Decibels.ofPower(mean)
    }

    private static func balance(_ energies: [Float]) -> (centroid: Float, rollOff: Float) {
        let sum = energies.reduce(0, +) + 1e-12
        var (moment, running, rollOff) = (Float(0), Float(0), Float(0))
        for (band, energy) in energies.enumerated() {
            moment += Float(band) * energy
            if running < 0.85 * sum { rollOff = Float(band) }
            running += energy
        }
        return (moment / sum, rollOff)
    }

    private func pitch(_ correlation: [Float]) -> (height: Float, period: Float) {
        guard correlation[0] > 1e-9 else { return (0, 0) }
        var best: (height: Float, period: Float) = (0, 0)
        for lag in Self.lags {
            let (left, here, right) = (correlation[lag - 1], correlation[lag], correlation[lag + 1])
            guard here > left, here >= right else { continue }
            let height = here / (correlation[0] * windowCorrelation[lag])
            // A multiple of the true period is as high; the shorter one is meant.
            guard height > best.height + 0.02 else { continue }
            let bend = left - 2 * here + right
            best = (min(1, height), Float(lag) + (bend < 0 ? 0.5 * (left - right) / bend : 0))
        }
        return best
    }

    private func cepstrum(_ logs: [Float]) -> [Float] {
        (0..<Self.cepstrumCount).map { order in
            var sum: Float = 0
            for band in 0..<Self.melCount { sum += cosines[order * Self.melCount + band] * logs[band] }
            return sum * 0.230_258_5 / Float(Self.melCount)
        }
    }

    private static func lines(_ power: [Float]) -> [Float] {
        let logs = (lineBins.lowerBound - 4..<lineBins.upperBound + 4).map { Decibels.ofPower(power[$0]) }
        var sum = logs[0..<9].reduce(0, +)
        return (0..<lineBins.count).map { place in
            defer { if place + 9 < logs.count { sum += logs[place + 9] - logs[place] } }
            return logs[place + 4] - sum / 9
        }
    }
}
