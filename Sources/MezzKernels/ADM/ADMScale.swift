import Foundation

/// Where the coefficients of one scale lie and which of them count.
struct ADMScale {
    /// 0 (finest) … 3.
    let level: Int
    /// Size of what this scale's transform reads: the picture, or the smooth band of the scale before.
    let inputWidth: Int
    let inputHeight: Int
    /// Size of each band.
    let width: Int
    let height: Int
    /// The scoring window: the inner 80 % of each direction.
    let columns: Range<Int>
    let rows: Range<Int>
    /// The window with the neighbours it looks at.
    let neededColumns: Range<Int>
    let neededRows: Range<Int>

    init(level: Int, inputWidth: Int, inputHeight: Int) {
        self.level = level
        self.inputWidth = inputWidth
        self.inputHeight = inputHeight
        width = (inputWidth + 1) / 2
        height = (inputHeight + 1) / 2
        columns = Self.window(width)
        rows = Self.window(height)
        neededColumns = max(0, columns.lowerBound - 1)..<min(width, columns.upperBound + 1)
        neededRows = max(0, rows.lowerBound - 1)..<min(height, rows.upperBound + 1)
    }

    /// The four scales of a picture.
    static func pyramid(width: Int, height: Int) -> [ADMScale] {
        var scales: [ADMScale] = []
        var size = (width, height)
        for level in 0..<4 {
            let scale = ADMScale(level: level, inputWidth: size.0, inputHeight: size.1)
            scales.append(scale)
            size = (scale.width, scale.height)
        }
        return scales
    }

    /// Coefficients in the scoring window.
    var area: Int { columns.count * rows.count }

    private static func window(_ size: Int) -> Range<Int> {
        let margin = Int(0.1 * Double(size) - 0.5)
        return margin..<(size - margin)
    }

    /// Rows the transform of output row `row` reads; what lies above mirrors to row 1, what lies below repeats
    /// the edge.
    func inputRows(of row: Int) -> (Int, Int, Int, Int) {
        let below = { (at: Int) in at < inputHeight ? at : 2 * inputHeight - at - 1 }
        return (row == 0 ? 1 : 2 * row - 1, 2 * row, below(2 * row + 1), below(2 * row + 2))
    }

    /// ceil(log2(`count`)), at least 0.
    static func bits(_ count: Int, less: Int = 0) -> Int {
        max(0, Int((log2(Double(count)) - Double(less)).rounded(.up)))
    }
}
