/// How a run of text looks. `nil` leaves it to the player.
package struct TextStyle: Hashable, Sendable {
    package var isBold = false
    package var isItalic = false
    package var isUnderlined = false
    package var color: TextColor?
    package var background: TextColor?
    /// Height of the letters' body in percent of the picture's height.
    package var size: Double?
    /// A BCP 47 tag, where it differs from the track's.
    package var language: String?
    /// Who speaks.
    package var voice: String?

    package init() {}
}

/// A colour of sRGB with opacity; 255 is opaque.
package struct TextColor: Hashable, Sendable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8
    package let alpha: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// `0xRRGGBB`, opaque.
    init(_ code: Int) {
        self.init(
            red: UInt8(truncatingIfNeeded: code >> 16), green: UInt8(truncatingIfNeeded: code >> 8),
            blue: UInt8(truncatingIfNeeded: code))
    }

    /// "rrggbb", and "aa" after it when not opaque.
    var hex: String {
        ([red, green, blue] + (alpha == 255 ? [] : [alpha])).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
