/// Picture size in luma samples.
package struct Resolution: Hashable, Codable, Sendable, CustomStringConvertible {
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    package var pixels: Int { width * height }
    package var description: String { "\(width)x\(height)" }

    /// This picture scaled down, never up, to fit the 16:9 box of a nominal height (the 9:16 box when it is
    /// upright), both sides even. A 1920×800 film at nominal 720 becomes 1280×534.
    package func fitted(nominalHeight: Int) -> Resolution {
        let long = Double(nominalHeight) * 16 / 9
        let short = Double(nominalHeight)
        let (boxWidth, boxHeight) = width >= height ? (long, short) : (short, long)
        let scale = min(1, min(boxWidth.rounded() / Double(width), boxHeight / Double(height)))
        return Resolution(width: Self.even(Double(width) * scale), height: Self.even(Double(height) * scale))
    }

    private static func even(_ length: Double) -> Int { max(2, Int((length / 2).rounded()) * 2) }
}
