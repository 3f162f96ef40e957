import Foundation

/// Brings one channel to another sample rate: a windowed sinc in as many phases as the two rates need.
struct Resampler {
    /// Output samples for every `step` input samples.
    private let phases: Int
    private let step: Int
    private let taps: Int
    /// `taps` coefficients for each phase.
    private let coefficients: [Float]
    private var history: [Float]
    /// Place of the next output sample in input samples times `phases`, from the first sample of `history`.
    private var place = 0

    private static let zeroCrossings = 12.0
    /// More phases than this would be a large table for odd rates; the time is rounded to one of them.
    private static let mostPhases = 640

    init(from source: Int, to target: Int) {
        var (large, small) = (source, target)
        while small > 0 { (large, small) = (small, large % small) }
        let exact = target / large
        phases = min(exact, Self.mostPhases)
        step = phases == exact ? source / large : Int((Double(source) / Double(target) * Double(phases)).rounded())
        let cutoff = min(1, Double(target) / Double(source)) * 0.92
        let half = Int((Self.zeroCrossings / cutoff).rounded(.up))
        taps = 2 * half
        var table: [Float] = []
        for phase in 0..<phases {
            let shift = Double(phase) / Double(phases)
            let row = (0..<taps).map { tap in Self.kernel(Double(tap - half + 1) - shift, cutoff, Double(half)) }
            let sum = row.reduce(0, +)
            table += row.map { Float($0 / sum) }
        }
        coefficients = table
        history = Array(repeating: 0, count: half - 1)
    }

    /// A sinc under a Hann window of `half` samples to either side.
    private static func kernel(_ time: Double, _ cutoff: Double, _ half: Double) -> Double {
        guard abs(time) < half else { return 0 }
        let angle = Double.pi * time * cutoff
        let sinc = abs(angle) < 1e-9 ? 1 : sin(angle) / angle
        return sinc * (0.5 + 0.5 * cos(Double.pi * time / half))
    }

    /// Adds input and hands out what can be computed from it.
    mutating func process(_ input: [Float]) -> [Float] {
        history.append(contentsOf: input)
        var output: [Float] = []
        output.reserveCapacity(input.count * phases / max(1, step) + 2)
        while place / phases + taps <= history.count {
            let (start, row) = (place / phases, place % phases * taps)
            var sum: Float = 0
            history.withUnsafeBufferPointer { samples in
                coefficients.withUnsafeBufferPointer { weights in
                    var lanes = SIMD8<Float>()
                    var tap = 0
                    while tap + 8 <= taps {
                        var left = SIMD8<Float>()
                        var right = SIMD8<Float>()
                        for lane in 0..<8 {
                            left[lane] = samples[start + tap + lane]
                            right[lane] = weights[row + tap + lane]
                        }
                        lanes += left * right
                        tap += 8
                    }
                    sum = lanes.sum()
                    while tap < taps {
                        sum += samples[start + tap] * weights[row + tap]
                        tap += 1
                    }
                }
            }
            output.append(sum)
            place += step
        }
        let done = min(place / phases, history.count)
        history.removeFirst(done)
        place -= done * phases
        return output
    }
}
