import Foundation
import MezzCore

/// What the commands' drawings share.
enum SVG {
    /// A coordinate: two decimals at most, no locale.
    static func number(_ value: Double) -> String { String(format: "%.6g", (value * 100).rounded() / 100) }

    /// Text from outside as element content.
    static func escaped(_ text: String) -> String {
        text.printable.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}
