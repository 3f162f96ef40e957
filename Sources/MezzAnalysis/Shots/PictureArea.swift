/// The part of a picture inside black bars, in block rows and columns.
struct PictureArea: Hashable, Sendable {
    var rows: Range<Int>
    var columns: Range<Int>

    static let whole = PictureArea(rows: 0..<SearchPlane.blockRows, columns: 0..<SearchPlane.blockColumns)

    /// Luma up to which a bar is black, and the largest share of a side that may be bar.
    private static let black: UInt8 = 26
    private static let most = 0.36

    init(rows: Range<Int>, columns: Range<Int>) {
        self.rows = rows
        self.columns = columns
    }

    /// - Parameter picture: 64×36 samples. A picture that is black from side to side has no bars.
    init(of picture: [UInt8]) {
        let (width, height) = (SearchPlane.width, SearchPlane.height)
        func isBlack(row: Int) -> Bool { (0..<width).allSatisfy { picture[row * width + $0] <= Self.black } }
        func isBlack(column: Int) -> Bool { (0..<height).allSatisfy { picture[$0 * width + column] <= Self.black } }
        rows = Self.inside(height, SearchPlane.blockRows, isBlack(row:))
        columns = Self.inside(width, SearchPlane.blockColumns, isBlack(column:))
    }

    /// What either of two pictures shows.
    func union(_ other: PictureArea) -> PictureArea {
        PictureArea(
            rows: min(rows.lowerBound, other.rows.lowerBound)..<max(rows.upperBound, other.rows.upperBound),
            columns: min(
                columns.lowerBound, other.columns.lowerBound)..<max(
                    columns.upperBound, other.columns.upperBound))
    }

    /// Without the lines next to the bars, which may be half black.
    var core: PictureArea {
        func core(_ blocks: Range<Int>, of all: Range<Int>) -> Range<Int> {
            let low = blocks.lowerBound + (blocks.lowerBound > all.lowerBound ? 1 : 0)
            let high = blocks.upperBound - (blocks.upperBound < all.upperBound ? 1 : 0)
            return low < high ? low..<high : blocks
        }
        return PictureArea(rows: core(rows, of: Self.whole.rows), columns: core(columns, of: Self.whole.columns))
    }

    /// Blocks that touch no black line.
    private static func inside(_ lines: Int, _ blocks: Int, _ isBlack: (Int) -> Bool) -> Range<Int> {
        let first = (0..<lines).first { !isBlack($0) } ?? 0
        let last = (0..<lines).last { !isBlack($0) } ?? lines - 1
        let limit = Int(most * Double(lines))
        guard first <= limit, lines - 1 - last <= limit else { return 0..<blocks }
        let low = (first + 3) / 4
        let high = (last - 7) / 4 + 1
        return low..<max(low + 1, min(high, blocks))
    }
}
