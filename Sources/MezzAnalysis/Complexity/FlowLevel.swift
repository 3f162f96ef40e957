/// One level of the pyramid on which the displacement between two pictures is estimated.
final class FlowLevel {
    let width: Int
    let height: Int
    let pictures: [FloatField]
    let expansions: [PolynomialExpansion]
    /// The displacement found so far, samples of this level: where a sample of the first picture is in the second.
    let dx: FloatField
    let dy: FloatField

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        pictures = (0..<2).map { _ in FloatField(width: width, height: height) }
        expansions = (0..<2).map { _ in PolynomialExpansion(width: width, height: height) }
        dx = FloatField(width: width, height: height)
        dy = FloatField(width: width, height: height)
    }

    func expand() {
        for (picture, expansion) in zip(pictures, expansions) { expansion.expand(picture) }
    }

    /// Begins with no displacement.
    func rest() {
        dx.clear()
        dy.clear()
    }

    /// Begins with what a level of half the size found.
    func take(_ coarse: FlowLevel) {
        for y in 0..<height {
            let from = min(y / 2, coarse.height - 1)
            let (fromX, fromY) = (coarse.dx.row(from), coarse.dy.row(from))
            let (toX, toY) = (dx.row(y), dy.row(y))
            for x in 0..<width {
                let column = min(x / 2, coarse.width - 1)
                toX[x] = 2 * fromX[column]
                toY[x] = 2 * fromY[column]
            }
        }
    }

    /// Sets the pictures to the 2×2 means of another level's.
    func halve(_ fine: FlowLevel) {
        for (from, to) in zip(fine.pictures, pictures) {
            for y in 0..<height {
                let (top, bottom, out) = (from.row(2 * y), from.row(2 * y + 1), to.row(y))
                for x in 0..<width {
                    out[x] = (top[2 * x] + top[2 * x + 1] + bottom[2 * x] + bottom[2 * x + 1]) * 0.25
                }
            }
        }
    }
}
