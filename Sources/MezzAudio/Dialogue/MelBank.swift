import Foundation

/// Triangular bands, evenly spaced on the mel scale (Davis and Mermelstein 1980).
struct MelBank: Sendable {
    private let first: [Int]
    private let weights: [[Float]]

    init(bands: Int, size: Int, sampleRate: Double, range: ClosedRange<Double>) {
        let (low, high) = (Self.mel(range.lowerBound), Self.mel(range.upperBound))
        let corners = (0...bands + 1).map { number in
            Self.hertz(low + (high - low) * Double(number) / Double(bands + 1)) * Double(size) / sampleRate
        }
        var (first, weights): ([Int], [[Float]]) = ([], [])
        for band in 0..<bands {
            let (left, middle, right) = (corners[band], corners[band + 1], corners[band + 2])
            // The lowest bands are narrower than a bin: each gets the bin next to its middle at least.
            let start = min(Int(left.rounded(.up)), Int(middle.rounded()))
            let end = max(Int(right.rounded(.down)), Int(middle.rounded()))
            let row = (start...end).map { bin in
                let place = Double(bin)
                let height = place <= middle ? (place - left) / (middle - left) : (right - place) / (right - middle)
                return Float(max(height, bin == Int(middle.rounded()) ? 0.1 : 0))
            }
            let sum = row.reduce(0, +)
            first.append(start)
            weights.append(row.map { $0 / sum })
        }
        (self.first, self.weights) = (first, weights)
    }

    /// Mean power in each band.
    func energies(_ power: [Float]) -> [Float] {
        zip(first, weights).map { start, row in
            var sum: Float = 0
            for (offset, weight) in row.enumerated() { sum += power[start + offset] * weight }
            return sum
        }
    }

    private static func mel(_ hertz: Double) -> Double { 2595 * log10(1 + hertz / 700) }
    private static func hertz(_ mel: Double) -> Double { 700 * (pow(10, mel / 2595) - 1) }
}

/// Cosines of whole fractions of a turn.
enum FourierMath {
    static func cosine(_ number: Int, of count: Int) -> Double { cos(2 * Double.pi * Double(number) / Double(count)) }

    /// The kernel of the second discrete cosine transform.
    static func halfCosine(_ order: Int, _ place: Int, of count: Int) -> Double {
        cos(Double.pi * Double(order) * (Double(place) + 0.5) / Double(count))
    }
}

/// Powers as decibels, with a floor far under any recording's noise.
enum Decibels {
    static func ofPower(_ power: Float) -> Float { 10 * log10(max(power, 1e-10)) }
}
