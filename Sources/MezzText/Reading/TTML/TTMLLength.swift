/// What lengths of a document are relative to (TTML 2, section 8.4.10).
struct TTMLLength {
    /// Width and height in pixels (`tts:extent` of the root), where lengths in pixels have a meaning.
    private let pixels: (width: Double, height: Double)?
    private let cells: (columns: Double, rows: Double)

    init(_ root: TTMLElement) {
        let parts = (root["ttp:cellResolution"] ?? "").split(separator: " ").map { Double($0) }
        if parts.count == 2, let columns = parts[0], let rows = parts[1], columns >= 1, rows >= 1 {
            cells = (columns, rows)
        } else {
            cells = (32, 15)
        }
        let extent = (root["tts:extent"] ?? "").split(separator: " ").map { Self.split($0) }
        if extent.count == 2, let width = extent[0], let height = extent[1], width.unit == "px", height.unit == "px",
            width.number > 0, height.number > 0
        {
            pixels = (width.number, height.number)
        } else {
            pixels = nil
        }
    }

    /// Percent of the picture's width; `nil` for what is no length.
    func horizontal(_ text: Substring) -> Double? {
        guard let (number, unit) = Self.split(text) else { return nil }
        switch unit {
        case "%", "rw": return number
        case "px": return pixels.map { 100 * number / $0.width }
        case "c": return 100 * number / cells.columns
        default: return nil
        }
    }

    /// Percent of the picture's height; `nil` for what is no length.
    func vertical(_ text: Substring) -> Double? {
        guard let (number, unit) = Self.split(text) else { return nil }
        switch unit {
        case "%", "rh": return number
        case "px": return pixels.map { 100 * number / $0.height }
        case "c": return 100 * number / cells.rows
        default: return nil
        }
    }

    /// A font size in percent of the picture's height, relative to the parent's where it says so.
    func fontSize(_ text: String, parent: Double) -> Double? {
        let words = text.split(separator: " ")
        // Of two numbers the second is the height.
        guard let last = words.last, words.count <= 2, let (number, unit) = Self.split(last), number >= 0 else {
            return nil
        }
        switch unit {
        case "%": return parent * number / 100
        case "em": return parent * number
        default: return vertical(last)
        }
    }

    /// The font size where nothing is said: one cell.
    var usualFontSize: Double { 100 / cells.rows }

    private static func split(_ text: Substring) -> (number: Double, unit: Substring)? {
        let unit = text.drop { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
        guard let number = Double(text[..<unit.startIndex]), number.isFinite, abs(number) < 1e6 else { return nil }
        return (number, unit)
    }
}
