/// Eigenvalues of a symmetric 25 × 25 matrix, unsorted: tridiagonal form by Householder reflections, then QR steps with
/// shifts, with the order and f32 roundings of libvmaf.
struct SpEEDEigenvalues {
    private static let steps = 500

    private var diagonal = [Float](repeating: 0, count: 25)
    private var off = [Float](repeating: 0, count: 24)

    var values: [Float] { diagonal }

    init(_ matrix: SpEEDMatrix) {
        reduce(matrix)
        dropSmall(0, 24)
        var high = 24
        var steps = 0
        while high > 0, steps < Self.steps {
            if off[high - 1] == 0 {
                high -= 1
                continue
            }
            var low = high - 1
            while low > 0, off[low - 1] != 0 { low -= 1 }
            step(low, high)
            dropSmall(low, high)
            steps += 1
        }
    }

    private mutating func reduce(_ matrix: SpEEDMatrix) {
        let k = SpEEDMatrix()
        k.copy(from: matrix)
        for column in 0..<23 {
            diagonal[column] = k.row(column)[column]
            off[column] = Self.reflect(k, column)
        }
        diagonal[23] = k.row(23)[23]
        diagonal[24] = k.row(24)[24]
        off[23] = k.row(24)[23]
    }

    /// Clears a column below its first off-diagonal number. The matrix stays symmetric to the last bit, so rows may be
    /// read for columns.
    /// - Returns: That number.
    private static func reflect(_ k: SpEEDMatrix, _ column: Int) -> Float {
        let from = k.row(column)
        let start = column + 1
        var squares: Float = 0
        for row in start + 1..<25 { squares += from[row] * from[row] }
        let rest = squares.squareRoot()
        let alpha = from[start]
        if rest == 0 { return alpha }
        let length = (alpha * alpha + rest * rest).squareRoot()
        let beta = alpha >= 0 ? -length : length
        let tau = (beta - alpha) / beta
        let vectors = SpEEDMatrix(columns: 32)
        let (v, x) = (vectors.row(0), vectors.row(1))
        for row in start + 1..<25 { v[row] = from[row] / (alpha - beta) }
        v[start] = 1
        multiply(k, start, tau, v, vectors.lanes(1))
        var dot: Float = 0
        for row in start..<25 { dot += x[row] * v[row] }
        let t = -0.5 * tau * dot
        for row in start..<25 { x[row] += t * v[row] }
        for row in 0..<start { x[row] = 0 }
        for row in start..<25 {
            let to = k.lanes(row)
            for vector in 0..<4 {
                to[vector] -= vectors.lanes(0)[vector] * x[row] + vectors.lanes(1)[vector] * v[row]
            }
        }
        return beta
    }

    /// (τ·K)·v, columns ascending.
    private static func multiply(
        _ k: SpEEDMatrix, _ start: Int, _ tau: Float, _ v: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<SIMD8<Float>>
    ) {
        for vector in 0..<4 {
            var sum = SIMD8<Float>.zero
            for column in start..<25 { sum += (k.lanes(column)[vector] * tau) * v[column] }
            out[vector] = sum
        }
    }

    private mutating func dropSmall(_ low: Int, _ high: Int) {
        for at in low..<high
        where Double(abs(off[at])) < 1e-6 * Double(abs(diagonal[at]) + abs(diagonal[at + 1])) { off[at] = 0 }
    }

    /// Wilkinson's shift, from the last two rows of a block.
    private func shift(_ low: Int, _ high: Int) -> Float {
        let (a, b, t) = (diagonal[high - 1], diagonal[high], off[high - 1])
        let delta = (a - b) / 2
        let root = (delta * delta + t * t).squareRoot()
        var shift = b - abs(t)
        if delta > 0 { shift = b - t * (t / (delta + root)) }
        if delta < 0 { shift = b + t * (t / (-delta + root)) }
        return 1e-6 * Double(abs(shift)) > Double(abs(diagonal[low]) + abs(off[low])) ? 0 : shift
    }

    private static func rotation(_ x: Float, _ z: Float) -> (c: Float, s: Float) {
        if z == 0 { return (1, 0) }
        if abs(z) > abs(x) {
            let t = -x / z
            let s = Float(1 / Double(1 + t * t).squareRoot())
            return (s * t, s)
        }
        let t = -z / x
        let c = Float(1 / Double(1 + t * t).squareRoot())
        return (c, c * t)
    }

    /// One QR step on the block from `low` to `high`: rotations chase the number off the three diagonals downwards.
    private mutating func step(_ low: Int, _ high: Int) {
        var x = diagonal[low] - shift(low, high)
        var z = off[low]
        var (bk, zk) = (Float(0), Float(0))
        var (ap, bp) = (diagonal[low], off[low])
        for at in low..<high {
            let (c, s) = Self.rotation(x, z)
            let aq = diagonal[at + 1]
            let bq = at + 1 < high ? off[at + 1] : 0
            if at > low { off[at - 1] = c * bk - s * zk }
            let (p, q) = (c * ap - s * bp, s * aq - c * bp)
            let (u, v) = (s * ap + c * bp, s * bp + c * aq)
            diagonal[at] = c * p + s * q
            bk = c * u - s * v
            zk = -s * bq
            ap = s * u + c * v
            bp = c * bq
            x = bk
            z = zk
        }
        diagonal[high] = ap
        off[high - 1] = bk
    }
}
