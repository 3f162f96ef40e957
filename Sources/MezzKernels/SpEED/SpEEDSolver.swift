/// Solves linear systems of 25 unknowns by Householder reflections, with the order and f32 roundings of libvmaf.
///
/// Each reflection leaves the rows above its pivot alone, and what is left of the pivot does not matter: those products,
/// which add zeros, are left out.
struct SpEEDSolver {
    typealias Lane = SIMD8<Float>

    private let turn: SpEEDMatrix
    private let triangle: SpEEDMatrix

    init(_ matrix: SpEEDMatrix) {
        turn = SpEEDMatrix()
        turn.setIdentity()
        let rest = SpEEDMatrix()
        rest.copy(from: matrix)
        let (newTurn, newRest) = (SpEEDMatrix(), SpEEDMatrix())
        for pivot in 0..<24 {
            var v = [Float](repeating: 0, count: 25)
            for row in pivot..<25 { v[row] = rest.row(row)[pivot] }
            let length = Self.norm(v)
            v[pivot] += matrix.row(pivot)[pivot] < 0 ? -length : length
            let whole = Self.norm(v)
            for row in pivot..<25 { v[row] /= whole }
            newTurn.copy(from: turn)
            Self.reflect(v, pivot, turn, newTurn)
            Self.reflect(v, pivot, rest, newRest)
            turn.copy(from: newTurn)
            rest.copy(from: newRest)
        }
        triangle = turn.times(matrix)
    }

    /// - Returns: One column of unknowns for each column of `sides`; `nil` if there is none.
    func solution(_ sides: SpEEDMatrix) -> SpEEDMatrix? {
        let turned = turn.times(sides)
        let out = SpEEDMatrix(columns: sides.vectors * 8)
        for row in stride(from: 24, through: 0, by: -1) {
            let factors = triangle.row(row)
            if Double(abs(factors[row])) < SpEEDStatistics.smallest { return nil }
            for vector in 0..<sides.vectors {
                var value = turned.lanes(row)[vector]
                for known in row + 1..<max(25, row + 1) { value -= out.lanes(known)[vector] * factors[known] }
                out.lanes(row)[vector] = value / factors[row]
            }
        }
        return out
    }

    /// Rows from the pivot on of the product of the reflection I − 2vvᵀ and a matrix.
    private static func reflect(_ v: [Float], _ pivot: Int, _ from: SpEEDMatrix, _ to: SpEEDMatrix) {
        v.withUnsafeBufferPointer { v in
            for row in pivot..<25 {
                var (s0, s1, s2, s3) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
                let double = -2 * v[row]
                for inner in pivot..<25 {
                    let factor = Lane(repeating: double * v[inner] + (inner == row ? 1 : 0))
                    let lanes = from.lanes(inner)
                    s0 += factor * lanes[0]
                    s1 += factor * lanes[1]
                    s2 += factor * lanes[2]
                    s3 += factor * lanes[3]
                }
                let out = to.lanes(row)
                (out[0], out[1], out[2], out[3]) = (s0, s1, s2, s3)
            }
        }
    }

    private static func norm(_ v: [Float]) -> Float {
        v.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    }
}
