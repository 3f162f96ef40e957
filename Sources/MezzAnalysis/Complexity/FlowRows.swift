extension FlowEquations {
    /// One row of the five terms of the equations.
    struct Rows {
        let xx: UnsafeMutablePointer<Float>
        let xy: UnsafeMutablePointer<Float>
        let yy: UnsafeMutablePointer<Float>
        let x: UnsafeMutablePointer<Float>
        let y: UnsafeMutablePointer<Float>

        /// - Parameter column: Where the rows begin.
        init(_ fields: [FloatField], _ row: Int, from column: Int = 0) {
            func start(_ number: Int) -> UnsafeMutablePointer<Float> { fields[number].row(row) + column }
            (xx, xy, yy, x, y) = (start(0), start(1), start(2), start(3), start(4))
        }

        func clear(_ columns: Range<Int>) {
            for row in [xx, xy, yy, x, y] { (row + columns.lowerBound).update(repeating: 0, count: columns.count) }
        }
    }

    /// The planes of a polynomial expansion.
    struct Planes {
        let bx: UnsafeMutablePointer<Float>
        let by: UnsafeMutablePointer<Float>
        let axx: UnsafeMutablePointer<Float>
        let ayy: UnsafeMutablePointer<Float>
        let axy: UnsafeMutablePointer<Float>

        init(_ expansion: PolynomialExpansion) {
            (bx, by, axx) = (expansion.bx.base, expansion.by.base, expansion.axx.base)
            (ayy, axy) = (expansion.ayy.base, expansion.axy.base)
        }
    }

    /// Eight samples of an expansion.
    struct Coefficients {
        var bx: SIMD8<Float>
        var by: SIMD8<Float>
        var axx: SIMD8<Float>
        var ayy: SIMD8<Float>
        var axy: SIMD8<Float>
    }

    /// What the equations of one row are made of.
    struct Source {
        let first: Planes
        private let second: Planes
        let dx: UnsafeMutablePointer<Float>
        let dy: UnsafeMutablePointer<Float>
        /// Offset of the row in the planes.
        let row: Int
        private let y: Int
        private let width: Int
        private let height: Int
        private let stride: Int

        init(_ level: FlowLevel, _ y: Int, stride: Int) {
            first = Planes(level.expansions[0])
            second = Planes(level.expansions[1])
            (dx, dy) = (level.dx.row(y), level.dy.row(y))
            (self.y, self.stride, row) = (y, stride, y * stride)
            (width, height) = (level.width, level.height)
        }

        /// The second picture's coefficients at eight displaced samples, and 1 for those that count: where the
        /// displacement leads out of the picture, a sample does not.
        /// - Parameter spare: Room for 48 numbers.
        @inline(__always)
        func second(
            _ x: Int, _ wholeX: SIMD8<Int32>, _ wholeY: SIMD8<Int32>, _ spare: UnsafeMutablePointer<Float>
        ) -> (Coefficients, SIMD8<Float>) {
            let (column, line) = (x + Int(wholeX[0]), y + Int(wholeY[0]))
            let differs = (wholeX ^ SIMD8(repeating: wholeX[0])) | (wholeY ^ SIMD8(repeating: wholeY[0]))
            // Neighbours move alike nearly everywhere.
            if differs.isZero, column >= 0, column + 8 <= width, line >= 0, line < height {
                return (eight(second, line * stride + column), SIMD8(repeating: 1))
            }
            for lane in 0..<8 { gather(x + lane + Int(wholeX[lane]), y + Int(wholeY[lane]), spare + lane) }
            let spread = Coefficients(
                bx: FloatField.load(spare), by: FloatField.load(spare + 8), axx: FloatField.load(spare + 16),
                ayy: FloatField.load(spare + 24), axy: FloatField.load(spare + 32))
            return (spread, FloatField.load(spare + 40))
        }

        @inline(__always)
        private func eight(_ planes: Planes, _ at: Int) -> Coefficients {
            Coefficients(
                bx: FloatField.load(planes.bx + at), by: FloatField.load(planes.by + at),
                axx: FloatField.load(planes.axx + at), ayy: FloatField.load(planes.ayy + at),
                axy: FloatField.load(planes.axy + at))
        }

        @inline(__always)
        private func gather(_ column: Int, _ line: Int, _ spare: UnsafeMutablePointer<Float>) {
            let (insideX, insideY) = (min(max(column, 0), width - 1), min(max(line, 0), height - 1))
            let at = insideY * stride + insideX
            spare[0] = second.bx[at]
            spare[8] = second.by[at]
            spare[16] = second.axx[at]
            spare[24] = second.ayy[at]
            spare[32] = second.axy[at]
            spare[40] = insideX == column && insideY == line ? 1 : 0
        }
    }
}
