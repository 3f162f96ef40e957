/// Halves a plane for `float_ms_ssim`: a 9×9 low-pass over the plane mirrored at its edges, every second sample.
/// `Float` products are summed as `Double`s row by row.
struct LowPass {
    static let side = 9

    static func halved(_ length: Int) -> Int { length / 2 + (length & 1) }

    /// Outer product of the 9/7 wavelet's low-pass taps with itself, rounded to six decimals, row by row: one octant is
    /// listed, the distances from the edge ascending.
    private static let weights: [Float] = {
        let octant: [[Float]] = [
            [0.000714, -0.000450, -0.002090, 0.007132, 0.016114],
            [0.000283, 0.001316, -0.004490, -0.010146],
            [0.006115, -0.020867, -0.047149],
            [0.071207, 0.160885],
            [0.363505],
        ]
        let distances = [0, 1, 2, 3, 4, 3, 2, 1, 0]
        return distances.flatMap { row in
            distances.map { column in octant[min(row, column)][max(row, column) - min(row, column)] }
        }
    }()

    /// Room for nine rows, each split in its even and odd columns.
    final class Scratch: @unchecked Sendable {
        // Unchecked: belongs to one item of a phase.

        let half: Int
        let memory: UnsafeMutablePointer<Float>
        private let count: Int

        /// - Parameter width: Largest width of a source plane.
        init(width: Int) {
            half = (LowPass.halved(width) + 8 + FloatPlane.slack) & ~7
            count = 2 * half * LowPass.side
            memory = .allocate(capacity: count)
            memory.initialize(repeating: 0, count: count)
        }

        deinit { memory.deallocate() }

        func even(_ slot: Int) -> UnsafeMutablePointer<Float> { memory + 2 * half * slot }
        func odd(_ slot: Int) -> UnsafeMutablePointer<Float> { memory + 2 * half * slot + half }
    }

    static func run(_ source: FloatPlane, to target: FloatPlane, rows: Range<Int>, scratch: Scratch) {
        guard !rows.isEmpty else { return }
        var next = 2 * rows.lowerBound - 4
        weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            for row in rows {
                while next <= 2 * row + 4 {
                    let slot = (next + side) % side
                    split(
                        source.row(mirrored(next, source.height)), source.width, scratch.even(slot),
                        scratch.odd(slot), count: target.width + 4)
                    next += 1
                }
                filter(first: 2 * row - 4 + side, to: target.row(row), target.width, weights, scratch)
            }
        }
    }

    /// `even[i]` is the sample at column 2i − 4 and `odd[i]` the one at 2i − 3.
    private static func split(
        _ source: UnsafeMutablePointer<Float>, _ width: Int, _ even: UnsafeMutablePointer<Float>,
        _ odd: UnsafeMutablePointer<Float>, count: Int
    ) {
        let inner = (width + 4) / 2
        var at = 2
        while at &+ 8 <= inner {
            let place: Int = 2 &* at &- 4
            let pairs = UnsafeRawPointer(source + place).loadUnaligned(as: SIMD16<Float>.self)
            pairs.evenHalf.store(UnsafeMutableRawPointer(even + at))
            pairs.oddHalf.store(UnsafeMutableRawPointer(odd + at))
            at &+= 8
        }
        mirror(source, width, even, odd, 0..<2)
        mirror(source, width, even, odd, at..<max(at, count))
    }

    private static func mirror(
        _ source: UnsafeMutablePointer<Float>, _ width: Int, _ even: UnsafeMutablePointer<Float>,
        _ odd: UnsafeMutablePointer<Float>, _ places: Range<Int>
    ) {
        for place in places {
            even[place] = source[mirrored(2 * place - 4, width)]
            odd[place] = source[mirrored(2 * place - 3, width)]
        }
    }

    /// - Parameter first: Virtual number of the first of nine rows, plus nine.
    private static func filter(
        first: Int, to target: UnsafeMutablePointer<Float>, _ width: Int, _ weights: UnsafePointer<Float>,
        _ scratch: Scratch
    ) {
        let memory = UnsafePointer(scratch.memory)
        let half = scratch.half
        let slot = first % side
        let out = UnsafeMutableRawPointer(target)
        var x = 0
        while x < width {
            var sum = SIMD8<Double>.zero
            var row = 0
            while row < side {
                let place: Int = slot &+ row &- (slot &+ row >= side ? side : 0)
                let start: Int = 2 &* half &* place
                let even = memory + start + x
                let odd = even + half
                let taps = weights + side &* row
                sum.add(even, taps[0])
                sum.add(odd, taps[1])
                sum.add(even + 1, taps[2])
                sum.add(odd + 1, taps[3])
                sum.add(even + 2, taps[4])
                sum.add(odd + 2, taps[5])
                sum.add(even + 3, taps[6])
                sum.add(odd + 3, taps[7])
                sum.add(even + 4, taps[8])
                row &+= 1
            }
            SIMD8<Float>(rounding: sum).store(out + 4 &* x)
            x &+= 8
        }
    }
}
