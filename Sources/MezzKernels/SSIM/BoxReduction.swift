import MezzPixels

/// Reduces luma by a whole factor for `float_ssim`: each sample is the mean of a box, the picture mirrored at its edges.
///
/// The products are `Float`s of at most 24 bits whose exponents differ by at most 16, so their `Double` sums are exact:
/// columns first gives the same bits as row by row.
struct BoxReduction {
    /// SSIM is taken at a size of about 256 on the short side.
    static func factor(width: Int, height: Int) -> Int {
        max(1, Int((Double(min(width, height)) / 256).rounded(.toNearestOrAwayFromZero)))
    }

    static func reduced(_ length: Int, by factor: Int) -> Int {
        factor == 1 ? length : length / factor + (length & 1)
    }

    let factor: Int

    /// - Parameter columns: Room for the source's width, rounded up to whole vectors.
    func run(_ source: PlaneView, to target: FloatPlane, rows: Range<Int>, columns: UnsafeMutablePointer<Double>) {
        let weight = 1 / Float(factor * factor)
        for row in rows {
            columns.update(repeating: 0, count: (source.width + 7) & ~7)
            for step in 0..<factor {
                let line = mirrored(factor * row - factor / 2 + step, source.height)
                LumaRow(source, row: line).accumulate(into: columns, weight: weight, count: source.width)
            }
            addColumns(columns, source.width, to: target.row(row), count: target.width)
        }
    }

    private func addColumns(
        _ columns: UnsafeMutablePointer<Double>, _ width: Int, to target: UnsafeMutablePointer<Float>, count: Int
    ) {
        for x in 0..<count {
            let first = factor &* x &- factor / 2
            var sum = 0.0
            if first >= 0, first &+ factor <= width {
                for at in first..<first &+ factor { sum += columns[at] }
            } else {
                for at in first..<first &+ factor { sum += columns[mirrored(at, width)] }
            }
            target[x] = Float(sum)
        }
    }
}
