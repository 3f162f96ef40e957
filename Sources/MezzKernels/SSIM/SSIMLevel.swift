/// One size at which reference and encodes are compared.
final class SSIMLevel: Sendable {
    let width: Int
    let height: Int
    let reference: FloatPlane
    let distorted: [FloatPlane]

    init(width: Int, height: Int, distorted: Int) {
        self.width = width
        self.height = height
        reference = FloatPlane(width: width, height: height)
        self.distorted = (0..<distorted).map { _ in FloatPlane(width: width, height: height) }
    }

    /// Columns and rows of pixels that have all their neighbours.
    var validWidth: Int { width - Gaussian.taps + 1 }
    var validHeight: Int { height - Gaussian.taps + 1 }

    /// The reference first.
    func plane(_ picture: Int) -> FloatPlane { picture == 0 ? reference : distorted[picture - 1] }
}

/// Goes down the rows of a level: filters them and hands each row's moments on, encode by encode.
final class SSIMScanner: @unchecked Sendable {
    // Unchecked: belongs to one item of a phase.

    private let width: Int
    private let memory: UnsafeMutablePointer<Float>
    private let count: Int
    /// Reference and its square; then for each encode itself, its square and its product with the reference.
    private let rings: [GaussianRing]
    /// A row of products.
    private let row: UnsafeMutablePointer<Float>

    /// - Parameter width: Largest width of a level.
    init(width: Int, distorted: Int) {
        self.width = (width + FloatPlane.slack + 7) & ~7
        let ringCount = 2 + 3 * distorted
        let ringSamples = GaussianRing.samples(width: self.width)
        count = ringCount * ringSamples + self.width
        memory = .allocate(capacity: count)
        memory.initialize(repeating: 0, count: count)
        rings = (0..<ringCount).map { [memory, width = self.width] in
            GaussianRing(memory + $0 * ringSamples, width: width)
        }
        row = memory + ringCount * ringSamples
    }

    deinit { memory.deallocate() }

    /// - Parameter body: Takes valid row, encode and its moments.
    func scan(
        _ level: SSIMLevel, rows: Range<Int>, encodes: Range<Int>, _ body: (Int, Int, Similarity) -> Void
    ) {
        guard !rows.isEmpty else { return }
        let count = level.validWidth
        for number in rows.lowerBound..<rows.upperBound + Gaussian.taps - 1 {
            take(number, level, encodes)
            let first = number - Gaussian.taps + 1
            guard first >= rows.lowerBound else { continue }
            rings[0].filter(first: first, count: count)
            rings[1].filter(first: first, count: count)
            for encode in encodes {
                let ring = 2 + 3 * encode
                for part in ring..<ring + 3 { rings[part].filter(first: first, count: count) }
                body(
                    first, encode,
                    Similarity(
                        mu1: rings[0].result, mu2: rings[ring].result, square1: rings[1].result,
                        square2: rings[ring + 1].result, product: rings[ring + 2].result))
            }
        }
    }

    private func take(_ number: Int, _ level: SSIMLevel, _ encodes: Range<Int>) {
        let reference = level.reference.row(number)
        let count = level.validWidth
        rings[0].take(reference, number: number, count: count)
        multiply(reference, reference, level.width)
        rings[1].take(row, number: number, count: count)
        for encode in encodes {
            let distorted = level.distorted[encode].row(number)
            let ring = 2 + 3 * encode
            rings[ring].take(distorted, number: number, count: count)
            multiply(distorted, distorted, level.width)
            rings[ring + 1].take(row, number: number, count: count)
            multiply(reference, distorted, level.width)
            rings[ring + 2].take(row, number: number, count: count)
        }
    }

    private func multiply(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) {
        let out = UnsafeMutableRawPointer(row)
        var x = 0
        while x < count {
            let products: SIMD8<Float> = SIMD8<Float>.load(a + x) * SIMD8<Float>.load(b + x)
            products.store(out + 4 &* x)
            x &+= 8
        }
    }
}
