/// What text looks like at a place in the document: what it has inherited and what was said there.
struct TTMLLook {
    var style = TextStyle()
    var align: String?
    var isForced = false
    var isHidden = false
    var keepsSpaces = false
    /// Percent of the picture's height, said or not.
    var size: Double

    /// - Parameter isRegion: Whether the styles are a region's, whose ground is a box of its own.
    mutating func apply(
        _ styles: [String: String], _ element: TTMLElement?, lengths: TTMLLength, isRegion: Bool = false
    ) {
        if let text = styles["tts:color"], let color = TextColor(text: text, hasByteAlpha: true) { style.color = color }
        if let slant = styles["tts:fontStyle"], slant != "inherit" { style.isItalic = slant != "normal" }
        if let weight = styles["tts:fontWeight"], weight != "inherit" { style.isBold = weight == "bold" }
        if let line = styles["tts:textDecoration"] { underline(line) }
        if let text = styles["tts:fontSize"], let height = lengths.fontSize(text, parent: size) {
            size = height
            style.size = height
        }
        if let text = styles["tts:textAlign"], text != "inherit" { align = text }
        if let text = styles["itts:forcedDisplay"] { isForced = text == "true" }
        if let text = styles["tts:visibility"], text != "inherit" { isHidden = text == "hidden" }
        // The ground of a region is a box of its own.
        if !isRegion, let text = styles["tts:backgroundColor"], let color = TextColor(text: text, hasByteAlpha: true),
            color.alpha > 0
        {
            style.background = color
        }
        if let space = element?["xml:space"] { keepsSpaces = space == "preserve" }
        if let language = element?["xml:lang"] { style.language = language.isEmpty ? nil : language }
    }

    private mutating func underline(_ text: String) {
        for word in text.split(separator: " ") {
            switch word {
            case "underline": style.isUnderlined = true
            case "none", "noUnderline": style.isUnderlined = false
            default: break
            }
        }
    }

    /// Properties without which the text reads the same.
    private static let cosmetic: Set<String> = [
        "tts:fontFamily", "tts:lineHeight", "tts:padding", "tts:textOutline", "tts:textShadow", "tts:opacity",
        "tts:overflow", "tts:fontVariant", "tts:fontKerning", "tts:letterSpacing", "tts:luminanceGain",
        "tts:rubyAlign", "tts:rubyReserve", "tts:disparity", "itts:fillLineGap", "ebutts:linePadding", "tts:zIndex",
        "tts:wrapOption", "tts:showBackground",
    ]

    /// Properties that carry meaning and that nothing is made of.
    private static let meaningful: Set<String> = [
        "tts:textEmphasis", "tts:textCombine", "tts:textOrientation", "tts:shear", "tts:fontShear", "tts:lineShear",
        "tts:direction", "tts:unicodeBidi", "ebutts:multiRowAlign", "tts:rubyPosition",
    ]

    /// Of the properties that an element says, those that are not kept, by whether they carry meaning.
    static func lost(_ styles: [String: String]) -> (cosmetic: [String], meaningful: [String]) {
        let plain: Set<String> = [
            "none", "normal", "auto", "inherit", "0%", "always", "wrap", "outside", "before", "ltr",
        ]
        let said = styles.filter { !plain.contains($0.value) }.keys
        return (said.filter(cosmetic.contains), said.filter(meaningful.contains))
    }
}
