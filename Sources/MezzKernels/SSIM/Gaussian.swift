/// The separable 11-tap Gaussian of SSIM. `Float` products are summed as `Double`s in the order of the taps and rounded
/// to `Float`.
enum Gaussian {
    static let taps = 11

    /// From the first tap to the middle one; the others mirror them.
    private static let weights = SIMD8<Float>(0.001028, 0.007599, 0.036001, 0.109361, 0.213006, 0.266012, 0, 0)

    /// Filters along a row: `target[x]` is the sum over `source[x]`…`source[x + 10]`.
    static func alongRow(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
        let out = UnsafeMutableRawPointer(target)
        let weights = weights
        var x = 0
        while x < count {
            let at = source + x
            var sum = SIMD8<Double>.product(at, weights[0])
            sum.add(at + 1, weights[1])
            sum.add(at + 2, weights[2])
            sum.add(at + 3, weights[3])
            sum.add(at + 4, weights[4])
            sum.add(at + 5, weights[5])
            sum.add(at + 6, weights[4])
            sum.add(at + 7, weights[3])
            sum.add(at + 8, weights[2])
            sum.add(at + 9, weights[1])
            sum.add(at + 10, weights[0])
            SIMD8<Float>(rounding: sum).store(out + 4 &* x)
            x &+= 8
        }
    }

    /// Filters down the columns of eleven rows, the oldest first.
    static func acrossRows(
        _ rows: UnsafePointer<UnsafePointer<Float>>, to target: UnsafeMutablePointer<Float>, count: Int
    ) {
        let out = UnsafeMutableRawPointer(target)
        let weights = weights
        var x = 0
        while x < count {
            var sum = SIMD8<Double>.product(rows[0] + x, weights[0])
            sum.add(rows[1] + x, weights[1])
            sum.add(rows[2] + x, weights[2])
            sum.add(rows[3] + x, weights[3])
            sum.add(rows[4] + x, weights[4])
            sum.add(rows[5] + x, weights[5])
            sum.add(rows[6] + x, weights[4])
            sum.add(rows[7] + x, weights[3])
            sum.add(rows[8] + x, weights[2])
            sum.add(rows[9] + x, weights[1])
            sum.add(rows[10] + x, weights[0])
            SIMD8<Float>(rounding: sum).store(out + 4 &* x)
            x &+= 8
        }
    }
}

/// The last eleven rows of one filtered quantity, and its row filtered both ways.
struct GaussianRing {
    private let memory: UnsafeMutablePointer<Float>
    private let width: Int

    /// Samples of memory a ring needs.
    static func samples(width: Int) -> Int { (Gaussian.taps + 1) * width }

    /// - Parameter width: Samples from row to row, a multiple of 8.
    init(_ memory: UnsafeMutablePointer<Float>, width: Int) {
        self.memory = memory
        self.width = width
    }

    /// The result of `filter`.
    var result: UnsafeMutablePointer<Float> { memory + Gaussian.taps * width }

    /// Takes row `number`, not yet filtered.
    func take(_ row: UnsafePointer<Float>, number: Int, count: Int) {
        Gaussian.alongRow(row, to: memory + (number % Gaussian.taps) * width, count: count)
    }

    /// Filters the rows `first` … `first + 10` down the columns.
    func filter(first: Int, count: Int) {
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: Gaussian.taps) { rows in
            for tap in 0..<Gaussian.taps {
                rows.initializeElement(
                    at: tap, to: UnsafePointer(memory + ((first + tap) % Gaussian.taps) * width))
            }
            guard let base = rows.baseAddress else { return }
            Gaussian.acrossRows(base, to: result, count: count)
        }
    }
}
