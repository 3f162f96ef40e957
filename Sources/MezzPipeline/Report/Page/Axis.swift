import Foundation

/// One axis: a range of values, its round ticks, and where a value lies between 0 and 1.
struct Axis {
    let low: Double
    let high: Double
    let isLogarithmic: Bool
    let ticks: [Double]

    /// From one round number to another, with about so many steps between.
    static func linear(_ low: Double, _ high: Double, steps: Int) -> Axis {
        let (low, high) = high > low ? (low, high) : (low, low + 1)
        let step = roundStep((high - low) / Double(max(steps, 1)))
        let (first, last) = ((low / step + 1e-9).rounded(.down), (high / step - 1e-9).rounded(.up))
        let ticks = stride(from: first, through: last, by: 1).map { ($0 * step).rounded(places: 9) }
        return Axis(low: first * step, high: last * step, isLogarithmic: false, ticks: ticks)
    }

    /// For VMAF: from a round number at or below `lowest` up to 100.
    static func quality(lowest: Double, steps: Int) -> Axis {
        let lowest = min(max(lowest.isFinite ? lowest : 0, 0), 98)
        let grain = lowest >= 90 ? 2.0 : lowest >= 75 ? 5 : 10
        let low = (lowest / grain).rounded(.down) * grain
        let ticks = linear(low, 100, steps: steps).ticks.filter { $0 >= low && $0 <= 100 }
        return Axis(low: low, high: 100, isLogarithmic: false, ticks: ticks)
    }

    /// Rates: exactly the given range, ticks at 1, 2 and 5 times the powers of ten, fewer or more as fits.
    static func logarithmic(_ low: Double, _ high: Double, maximumTicks: Int = 9) -> Axis {
        let low = max(low.isFinite ? low : 1, 1e-6)
        let high = max(high.isFinite ? high : low, low * 1.2)
        let choices: [[Double]] = [
            [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9], [1, 1.5, 2, 3, 4, 5, 6, 8],
            [1, 2, 3, 5, 7],
            [1, 2, 5], [1, 3], [1],
        ]
        var ticks: [Double] = []
        for digits in choices {
            ticks = decades(low, high).flatMap { decade in digits.map { ($0 * decade).rounded(places: 6) } }
                .filter { $0 >= low * 0.999 && $0 <= high * 1.001 }
            if ticks.count <= maximumTicks { break }
        }
        return Axis(low: low, high: high, isLogarithmic: true, ticks: ticks)
    }

    /// A clip's time from 0 to its end, in seconds.
    static func time(seconds: Double, steps: Int) -> Axis {
        let end = seconds.isFinite && seconds > 0 ? seconds : 1
        let sizes: [Double] = [
            0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400,
        ]
        let wanted = end / Double(max(steps, 1))
        let step = sizes.first { $0 >= wanted * 0.999 } ?? roundStep(wanted)
        let ticks = stride(from: 0, through: (end / step + 1e-9).rounded(.down), by: 1).map {
            ($0 * step).rounded(places: 6)
        }
        return Axis(low: 0, high: end, isLogarithmic: false, ticks: ticks)
    }

    /// Where the value lies: 0 at the low end, 1 at the high end, held inside.
    func position(_ value: Double) -> Double { min(max(unbounded(value), 0), 1) }

    func contains(_ value: Double) -> Bool { value.isFinite && value >= low && value <= high }

    /// The distance of neighbouring ticks.
    var step: Double { ticks.count > 1 ? ticks[1] - ticks[0] : high - low }

    private func unbounded(_ value: Double) -> Double {
        guard value.isFinite else { return 0 }
        return isLogarithmic ? log(max(value, 1e-9) / low) / log(high / low) : (value - low) / (high - low)
    }

    private static func decades(_ low: Double, _ high: Double) -> [Double] {
        stride(from: log10(low).rounded(.down), through: log10(high).rounded(.up), by: 1).map { pow(10, $0) }
    }

    /// The smallest of 1, 2, 5, 10, … that is at least as large.
    private static func roundStep(_ size: Double) -> Double {
        let decade = pow(10, log10(max(size, 1e-9)).rounded(.down))
        let digit = size / decade
        return decade * (digit <= 1.0001 ? 1 : digit <= 2.0001 ? 2 : digit <= 5.0001 ? 5 : 10)
    }
}
