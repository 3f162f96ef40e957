/// The equations for the displacement around each sample, one step of the iteration in G. Farnebäck, "Two-Frame Motion
/// Estimation Based on Polynomial Expansion", SCIA 2003, section 4: with the coefficients of the first picture at a
/// sample and of the second where the displacement so far leads, rounded to whole samples,
/// A = (A₁ + A₂)/2, Δb = −(b₂ − b₁)/2 + A·d̃, and the new d solves Σ AᵀA·d = Σ AᵀΔb over a window.
final class FlowEquations {
    private typealias Eight = FloatField.Eight

    /// Elements of AᵀA (xx, xy, yy), then of AᵀΔb, for every sample.
    private let terms: [FloatField]
    /// The same, added up over a window's rows, for one row of windows.
    private let columns: [FloatField]
    private let gathered: UnsafeMutablePointer<Float>

    /// Samples on each side of a window's centre.
    static let windowRadius = 4
    /// Samples at the picture's edge that have no true surroundings and do not count.
    private static let edge = PolynomialExpansion.radius
    /// Added to the diagonal of the window's AᵀA, with the displacement so far as its answer: what coding noise puts
    /// there, so that flat ground follows its surroundings and noise does not move.
    private static let rigidity: Float = 20
    /// Samples a step may lead away: the polynomials know no more.
    private static let stepLimit: Float = 2.5
    private static let margin = 16

    init(width: Int, height: Int) {
        terms = (0..<5).map { _ in FloatField(width: width, height: height) }
        columns = (0..<5).map { _ in FloatField(width: width + 2 * Self.margin, height: 1) }
        gathered = UnsafeMutablePointer<Float>.allocate(capacity: 48)
        gathered.initialize(repeating: 0, count: 48)
    }

    deinit { gathered.deallocate() }

    /// Replaces the level's displacement by a better one.
    func step(_ level: FlowLevel) {
        for y in 0..<level.height { setTerms(level, y) }
        for column in columns { column.clear() }
        for y in 0..<min(Self.windowRadius, level.height) { addRow(y, 1, level.width) }
        for y in 0..<level.height {
            if y + Self.windowRadius < level.height { addRow(y + Self.windowRadius, 1, level.width) }
            if y > Self.windowRadius { addRow(y - Self.windowRadius - 1, -1, level.width) }
            solve(level, y)
        }
    }

    private func addRow(_ y: Int, _ sign: Float, _ width: Int) {
        for (term, column) in zip(terms, columns) {
            let (from, to) = (term.row(y), column.base + Self.margin)
            for x in stride(from: 0, to: width, by: 8) {
                FloatField.store(FloatField.load(to + x) + FloatField.load(from + x) * sign, to + x)
            }
        }
    }

    private func setTerms(_ level: FlowLevel, _ y: Int) {
        let rows = Rows(terms, y)
        let stride = terms[0].stride
        guard y >= Self.edge, y < level.height - Self.edge else {
            rows.clear(0..<stride)
            return
        }
        let source = Source(level, y, stride: stride)
        for x in Swift.stride(from: 0, to: level.width, by: 8) { setTerms(source, x, rows) }
        // What lies beside the picture must not enter a window.
        rows.clear(0..<min(Self.edge, level.width))
        rows.clear(max(0, level.width - Self.edge)..<stride)
    }

    @inline(__always)
    private func setTerms(_ source: Source, _ x: Int, _ rows: Rows) {
        let (wholeX, roundedX) = FloatField.load(source.dx + x).rounded
        let (wholeY, roundedY) = FloatField.load(source.dy + x).rounded
        let (second, counts) = source.second(x, wholeX, wholeY, gathered)
        let at = source.row + x
        let bx = (FloatField.load(source.first.bx + at) - second.bx) * 0.5
        let by = (FloatField.load(source.first.by + at) - second.by) * 0.5
        let axx = (FloatField.load(source.first.axx + at) + second.axx) * 0.5
        let ayy = (FloatField.load(source.first.ayy + at) + second.ayy) * 0.5
        let axy = (FloatField.load(source.first.axy + at) + second.axy) * 0.5
        let differenceX = bx + axx * roundedX + axy * roundedY
        let differenceY = by + axy * roundedX + ayy * roundedY
        FloatField.store((axx * axx + axy * axy) * counts, rows.xx + x)
        FloatField.store((axx + ayy) * axy * counts, rows.xy + x)
        FloatField.store((ayy * ayy + axy * axy) * counts, rows.yy + x)
        FloatField.store((axx * differenceX + axy * differenceY) * counts, rows.x + x)
        FloatField.store((axy * differenceX + ayy * differenceY) * counts, rows.y + x)
    }

    private func solve(_ level: FlowLevel, _ y: Int) {
        let sums = Rows(columns, 0, from: Self.margin)
        let (rowX, rowY) = (level.dx.row(y), level.dy.row(y))
        for x in stride(from: 0, to: level.width, by: 8) {
            let (oldX, oldY) = (FloatField.load(rowX + x), FloatField.load(rowY + x))
            let gxx = Self.window(sums.xx + x) + Self.rigidity
            let gxy = Self.window(sums.xy + x)
            let gyy = Self.window(sums.yy + x) + Self.rigidity
            let hx = Self.window(sums.x + x) + oldX * Self.rigidity
            let hy = Self.window(sums.y + x) + oldY * Self.rigidity
            let inverse = 1 / (gxx * gyy - gxy * gxy)
            let newX = (gyy * hx - gxy * hy) * inverse
            let newY = (gxx * hy - gxy * hx) * inverse
            FloatField.store(Self.limited(newX, around: oldX), rowX + x)
            FloatField.store(Self.limited(newY, around: oldY), rowY + x)
        }
    }

    /// Sums over a window's columns at eight neighbouring places.
    @inline(__always)
    private static func window(_ at: UnsafeMutablePointer<Float>) -> Eight {
        var sum = FloatField.load(at)
        for offset in 1...windowRadius { sum += FloatField.load(at - offset) + FloatField.load(at + offset) }
        return sum
    }

    @inline(__always)
    private static func limited(_ value: Eight, around centre: Eight) -> Eight {
        let way = value - centre
        let least = way.replacing(with: -stepLimit, where: way .< -stepLimit)
        return centre + least.replacing(with: stepLimit, where: least .> stepLimit)
    }
}
