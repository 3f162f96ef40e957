/// Dense displacement between two pictures by G. Farnebäck's method (SCIA 2003), on a pyramid whose finest level has
/// half the pictures' size. The memory is kept from pair to pair.
package final class OpticalFlow {
    private let levels: [FlowLevel]
    private let equations: [FlowEquations]

    /// Levels at most, and the least side of one.
    private static let levelLimit = 3
    private static let leastSide = 12
    /// Steps on the levels from the coarsest on; the last number stands for all that follow.
    private static let steps = [3, 2, 1]

    /// - Parameters: Size of the pictures.
    package init(width: Int, height: Int) {
        var levels: [FlowLevel] = []
        var size = (width / 2, height / 2)
        while levels.count < Self.levelLimit, min(size.0, size.1) >= Self.leastSide {
            levels.append(FlowLevel(width: size.0, height: size.1))
            size = (size.0 / 2, size.1 / 2)
        }
        self.levels = levels
        equations = levels.map { FlowEquations(width: $0.width, height: $0.height) }
    }

    /// - Parameters:
    ///   - first: A picture of this size.
    ///   - second: The same, later.
    ///   - area: Where in the pictures lengths are averaged.
    /// - Returns: Mean length of the displacement in samples of the pictures; 0 for pictures too small to tell.
    package func meanLength(_ first: PlaneView, _ second: PlaneView, in area: PlaneArea) -> Double {
        guard let finest = levels.first else { return 0 }
        Self.halve(first, into: finest.pictures[0])
        Self.halve(second, into: finest.pictures[1])
        for (fine, coarse) in zip(levels, levels.dropFirst()) { coarse.halve(fine) }
        var last: FlowLevel?
        for (number, (level, equations)) in zip(levels, equations).reversed().enumerated() {
            level.expand()
            if let last { level.take(last) } else { level.rest() }
            for _ in 0..<Self.steps[min(number, Self.steps.count - 1)] { equations.step(level) }
            last = level
        }
        return 2 * Self.meanLength(finest, area)
    }

    /// The displacement at a sample of the pictures, after `meanLength`.
    package func displacement(x: Int, y: Int) -> (x: Float, y: Float) {
        guard let finest = levels.first else { return (0, 0) }
        let (column, row) = (min(x / 2, finest.width - 1), min(y / 2, finest.height - 1))
        return (2 * finest.dx.row(row)[column], 2 * finest.dy.row(row)[column])
    }

    private static func meanLength(_ level: FlowLevel, _ area: PlaneArea) -> Double {
        let rows = (area.rows.lowerBound + 1) / 2..<max((area.rows.lowerBound + 1) / 2, area.rows.upperBound / 2)
        let columns =
            (area.columns.lowerBound + 1) / 2..<max((area.columns.lowerBound + 1) / 2, area.columns.upperBound / 2)
        var sum = 0.0
        for y in rows {
            let (dx, dy) = (level.dx.row(y), level.dy.row(y))
            var rowSum: Float = 0
            for x in columns { rowSum += (dx[x] * dx[x] + dy[x] * dy[x]).squareRoot() }
            sum += Double(rowSum)
        }
        let count = rows.count * columns.count
        return count > 0 ? sum / Double(count) : 0
    }

    /// 2×2 means.
    private static func halve(_ plane: PlaneView, into field: FloatField) {
        let low = SIMD8<Int16>(repeating: 0x00FF)
        for y in 0..<field.height {
            let (top, bottom, out) = (plane.row(2 * y), plane.row(2 * y + 1), field.row(y))
            for x in stride(from: 0, through: field.width - 8, by: 8) {
                let above = UnsafeRawPointer(top + 2 * x).loadUnaligned(as: SIMD8<Int16>.self)
                let below = UnsafeRawPointer(bottom + 2 * x).loadUnaligned(as: SIMD8<Int16>.self)
                let sum = (above & low) &+ ((above &>> 8) & low) &+ (below & low) &+ ((below &>> 8) & low)
                FloatField.store(SIMD8(small: sum) * 0.25, out + x)
            }
            for x in (field.width & ~7)..<field.width {
                let sum = Int(top[2 * x]) + Int(top[2 * x + 1]) + Int(bottom[2 * x]) + Int(bottom[2 * x + 1])
                out[x] = Float(sum) * 0.25
            }
        }
    }
}
