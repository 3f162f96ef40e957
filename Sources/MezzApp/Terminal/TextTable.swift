/// Columns that stand under each other.
struct TextTable {
    let header: [String]
    let rows: [[String]]
    /// How many of the first columns begin at their left; the others are numbers and end at their right.
    let leftAligned: Int
    /// Whether the last column is text.
    var endsInText = false

    var text: String {
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        return ([header] + rows).map { row in
            row.enumerated().map { column, cell in
                if endsInText, column == row.count - 1 { return cell }
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column < leftAligned ? cell + space : space + cell
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
