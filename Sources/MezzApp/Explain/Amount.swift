import Foundation

/// Numbers of an explanation; a dash for what is not known.
enum Amount {
    static let none = "–"

    static func crf(_ value: Double?) -> String {
        guard let value, value.isFinite else { return none }
        return value == value.rounded() ? String(format: "%.0f", value) : String(format: "%.2f", value)
    }

    static func kbps(_ bps: Int?) -> String { bps.map { String(format: "%.0f", Double($0) / 1000) } ?? none }

    static func vmaf(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? none }

    /// Three significant digits or more: slopes span orders of magnitude.
    static func slope(_ value: Double?) -> String {
        guard let value, value.isFinite else { return none }
        return String(format: value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value)
    }

    /// "+1.2%": how far `bps` lies from `reference`.
    static func percent(_ bps: Int?, from reference: Int?) -> String {
        guard let bps, let reference, reference > 0 else { return none }
        return String(format: "%+.1f%%", (Double(bps) / Double(reference) - 1) * 100)
    }

    /// "+0.2".
    static func difference(_ value: Double?, from reference: Double?) -> String {
        guard let value, let reference else { return none }
        return String(format: "%+.2f", value - reference)
    }
}
