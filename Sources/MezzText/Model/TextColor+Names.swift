extension TextColor {
    /// The colours that TTML 2 (8.4.2, `<named-color>`) and CSS have under one name.
    private static let named: [String: TextColor] = [
        "transparent": TextColor(red: 0, green: 0, blue: 0, alpha: 0), "black": TextColor(0x000000),
        "silver": TextColor(0xC0C0C0), "gray": TextColor(0x808080), "white": TextColor(0xFFFFFF),
        "maroon": TextColor(0x800000), "red": TextColor(0xFF0000), "purple": TextColor(0x800080),
        "fuchsia": TextColor(0xFF00FF), "magenta": TextColor(0xFF00FF), "green": TextColor(0x008000),
        "lime": TextColor(0x00FF00), "olive": TextColor(0x808000), "yellow": TextColor(0xFFFF00),
        "navy": TextColor(0x000080), "blue": TextColor(0x0000FF), "teal": TextColor(0x008080),
        "aqua": TextColor(0x00FFFF), "cyan": TextColor(0x00FFFF), "orange": TextColor(0xFFA500),
    ]

    /// Reads a name, `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(r,g,b)` or `rgba(r,g,b,a)`. In TTML a is a byte as the others
    /// are, in CSS a share of 1. `nil` for anything else.
    init?(text: String, hasByteAlpha: Bool) {
        let text = text.lowercased().filter { !$0.isWhitespace }
        if let known = Self.named[text] {
            self = known
        } else if text.hasPrefix("#") {
            self.init(digits: text.dropFirst())
        } else if let open = text.firstIndex(of: "("), text.hasSuffix(")"), ["rgb", "rgba"].contains(text[..<open]) {
            let numbers = text[text.index(after: open)...].dropLast().split(separator: ",").map { Double($0) }
            guard numbers.count == open.utf16Offset(in: text) else { return nil }
            var bytes: [UInt8] = []
            for (place, number) in numbers.enumerated() {
                guard let number, number.isFinite else { return nil }
                let value = place == 3 && !hasByteAlpha ? number * 255 : number
                bytes.append(UInt8(min(255, max(0, value.rounded()))))
            }
            self.init(red: bytes[0], green: bytes[1], blue: bytes[2], alpha: bytes.count > 3 ? bytes[3] : 255)
        } else {
            return nil
        }
    }

    /// Reads `rgb`, `rrggbb` or `rrggbbaa`.
    init?(digits: Substring) {
        let wide = digits.count == 3 ? Substring(digits.flatMap { [$0, $0] }) : digits
        guard wide.count == 6 || wide.count == 8, wide.allSatisfy(\.isHexDigit), let code = UInt32(wide, radix: 16)
        else { return nil }
        let value = wide.count == 8 ? code : code << 8 | 0xFF
        self.init(
            red: UInt8(truncatingIfNeeded: value >> 24), green: UInt8(truncatingIfNeeded: value >> 16),
            blue: UInt8(truncatingIfNeeded: value >> 8), alpha: UInt8(truncatingIfNeeded: value))
    }

    /// The classes for which WebVTT (section 5.1, default text colours) promises a colour.
    static let webVTTClasses: [String: TextColor] = [
        "white": TextColor(0xFFFFFF), "lime": TextColor(0x00FF00), "cyan": TextColor(0x00FFFF),
        "red": TextColor(0xFF0000), "yellow": TextColor(0xFFFF00), "magenta": TextColor(0xFF00FF),
        "blue": TextColor(0x0000FF), "black": TextColor(0x000000),
    ]
}
