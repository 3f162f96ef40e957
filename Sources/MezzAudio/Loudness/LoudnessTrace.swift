import Foundation

/// The K-weighted energy of a programme in steps of 100 ms, and the loudness that follows from it.
///
/// ITU-R BS.1770-5 Annex 1 (gating), EBU Tech 3341 (momentary and short-term), EBU Tech 3342 (range). Windows that do
/// not lie within the programme as a whole do not count.
package struct LoudnessTrace: Hashable, Sendable {
    /// Steps in a second.
    package static let stepsPerSecond = 10

    /// Weighted mean squares over all channels.
    package private(set) var energies: [Double]

    package init(energies: [Double] = []) {
        self.energies = energies
    }

    mutating func append(_ energy: Double) { energies.append(energy) }

    private static let momentarySteps = 4
    private static let shortTermSteps = 30
    /// LKFS under which nothing counts.
    private static let absoluteGate = -70.0
    private static let offset = -0.691

    /// LKFS of a weighted mean square: BS.1770-5 Annex 1, formula 2.
    package static func loudness(ofEnergy energy: Double) -> Double { offset + 10 * log10(energy) }

    static func energy(ofLoudness loudness: Double) -> Double { pow(10, (loudness - offset) / 10) }

    /// LKFS of windows of 400 ms, one each step; the first stands for the window that ends with step 4.
    package var momentary: [Double] { windows(Self.momentarySteps).map(Self.loudness) }

    /// LUFS of windows of 3 s, one each step.
    package var shortTerm: [Double] { windows(Self.shortTermSteps).map(Self.loudness) }

    package var shortTermMaximum: Double? { shortTerm.max().flatMap(\.heard) }

    /// LKFS of the programme with both gates; `nil` when nothing is over −70.
    package var integrated: Double? {
        let blocks = windows(Self.momentarySteps).filter { $0 > Self.energy(ofLoudness: Self.absoluteGate) }
        guard !blocks.isEmpty else { return nil }
        let gate = Self.mean(blocks) * 0.1
        let loud = blocks.filter { $0 > gate }
        return loud.isEmpty ? nil : Self.loudness(ofEnergy: Self.mean(loud))
    }

    /// LKFS without gates, as the first edition of BS.1770 has it; `nil` for silence.
    package var ungated: Double? {
        energies.isEmpty ? nil : Self.loudness(ofEnergy: Self.mean(energies)).heard
    }

    /// LU between the 10th and the 95th percentile of short-term loudness, over −70 LUFS and no more than 20 LU under
    /// the mean: EBU Tech 3342, with its ten windows a second.
    package var range: Double {
        let blocks = windows(Self.shortTermSteps).filter { $0 >= Self.energy(ofLoudness: Self.absoluteGate) }
        guard !blocks.isEmpty else { return 0 }
        let gate = Self.mean(blocks) * 0.01
        let kept = blocks.filter { $0 >= gate }.sorted()
        guard let low = Self.percentile(0.1, of: kept), let high = Self.percentile(0.95, of: kept) else { return 0 }
        return Self.loudness(ofEnergy: high) - Self.loudness(ofEnergy: low)
    }

    /// The steps for which `isKept` says yes, one after another.
    package func keeping(_ isKept: (Int) -> Bool) -> LoudnessTrace {
        LoudnessTrace(energies: energies.indices.filter(isKept).map { energies[$0] })
    }

    /// Means of `length` steps in a row.
    private func windows(_ length: Int) -> [Double] {
        guard energies.count >= length else { return [] }
        // Sums anew for each window: a running difference would leave rests of a loud part in a silent one.
        return (0...energies.count - length).map { start in
            var sum = 0.0
            for step in start..<start + length { sum += energies[step] }
            return sum / Double(length)
        }
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private static func percentile(_ share: Double, of sorted: [Double]) -> Double? {
        guard let last = sorted.indices.last else { return nil }
        return sorted[Int((Double(last) * share).rounded())]
    }
}

/// The greatest loudness of any 400 ms, looked at every 10 ms: a meter that looks every 100 ms can be half a decibel low
/// (EBU Tech 3341, case 13).
struct MomentaryPeak {
    private var parts = [Double](repeating: 0, count: 40)
    private var count = 0
    private var highest = 0.0

    /// - Parameter energy: Of 10 ms.
    mutating func add(_ energy: Double) {
        parts[count % parts.count] = energy
        count += 1
        guard count >= parts.count else { return }
        highest = max(highest, parts.reduce(0, +) / Double(parts.count))
    }

    /// LKFS; `nil` for silence and for less than 400 ms.
    var maximum: Double? { LoudnessTrace.loudness(ofEnergy: highest).heard }
}

extension Double {
    /// `nil` for what is under every gate and for what is no number.
    fileprivate var heard: Double? { self >= -200 && isFinite ? self : nil }
}
