/// The rectangle in which a title is ever lit; around it are bars, if anything is.
package struct LitArea: Hashable, Codable, Sendable {
    /// Lines and columns, the last ones among them.
    package internal(set) var rows: ClosedRange<Int>
    package internal(set) var columns: ClosedRange<Int>

    /// Light of a pixel, in cd/m², up to which it may belong to a bar: coding adds a little to black.
    static let darkest = 0.1

    package var pixels: Int { rows.count * columns.count }

    /// The smallest area that holds both.
    func union(_ other: LitArea) -> LitArea {
        LitArea(
            rows: min(rows.lowerBound, other.rows.lowerBound)...max(rows.upperBound, other.rows.upperBound),
            columns: min(
                columns.lowerBound, other.columns.lowerBound)...max(
                    columns.upperBound, other.columns.upperBound))
    }
}
