/// Covariances of the 25 places in a block of 5 × 5 samples, over all overlapping blocks of a picture.
struct SpEEDCovariance {
    typealias Wide = SIMD4<Double>

    private let picture: SpEEDField
    /// Blocks across and down.
    private let width: Int
    private let height: Int

    init(_ picture: SpEEDField) {
        self.picture = picture
        width = picture.width / 5 * 5 - 4
        height = picture.height / 5 * 5 - 4
    }

    /// Products are summed in f64 and rounded once to f32.
    func matrix() -> SpEEDMatrix {
        let means = means()
        let vectors = (width + 3) >> 2
        let pairs = 25 * 25
        let out = SpEEDMatrix()
        withUnsafeTemporaryAllocation(of: Wide.self, capacity: pairs + 25 * vectors) { memory in
            memory.initialize(repeating: .zero)
            guard let sums = memory.baseAddress else { return }
            let centred = sums + pairs
            for row in 0..<height {
                centre(row, means, centred, vectors)
                accumulate(centred, vectors, sums)
            }
            for a in 0..<25 {
                for b in 0...a {
                    let value = Float(sums[a * 25 + b].sum() / Double(width * height))
                    out.row(a)[b] = value
                    out.row(b)[a] = value
                }
            }
        }
        return out
    }

    /// f32 sums in raster order, five neighbouring places at once.
    private func means() -> [Float] {
        var means: [Float] = []
        for down in 0..<5 {
            var sum = SIMD8<Float>.zero
            for row in 0..<height {
                let from = picture.row(row + down)
                for column in 0..<width { sum += SpEEDField.load(from + column) }
            }
            means += (0..<5).map { sum[$0] / Float(width * height) }
        }
        return means
    }

    /// Fills one row of blocks for all 25 places; behind its end are zeros.
    private func centre(_ row: Int, _ means: [Float], _ out: UnsafeMutablePointer<Wide>, _ vectors: Int) {
        for place in 0..<25 {
            let from = picture.row(row + place / 5) + place % 5
            let to = UnsafeMutableRawPointer(out + place * vectors).assumingMemoryBound(to: Double.self)
            let mean = Double(means[place])
            for column in 0..<width { to[column] = Double(from[column]) - mean }
        }
    }

    private func accumulate(
        _ centred: UnsafeMutablePointer<Wide>, _ vectors: Int, _ sums: UnsafeMutablePointer<Wide>
    ) {
        for a in 0..<25 {
            let first = centred + a &* vectors
            // Five at a time, up to and beyond the diagonal.
            for b in stride(from: 0, through: a, by: 5) {
                let second = centred + b &* vectors
                let to = sums + (a &* 25 &+ b)
                var (s0, s1, s2, s3, s4) = (to[0], to[1], to[2], to[3], to[4])
                for at in 0..<vectors {
                    let factor = first[at]
                    s0 += factor * second[at]
                    s1 += factor * second[at &+ vectors]
                    s2 += factor * second[at &+ 2 &* vectors]
                    s3 += factor * second[at &+ 3 &* vectors]
                    s4 += factor * second[at &+ 4 &* vectors]
                }
                (to[0], to[1], to[2], to[3], to[4]) = (s0, s1, s2, s3, s4)
            }
        }
    }
}
