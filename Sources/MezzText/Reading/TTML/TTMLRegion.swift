/// A region of a document: where its text stands, and what its text inherits.
struct TTMLRegion {
    let styles: [String: String]
    let box: TextBox
    let writing: TextPlacement.Writing
    /// Whether lines run from right to left, so that `start` is the right.
    let isRightToLeft: Bool
    let hasBackground: Bool

    /// Without any styles, it is the region of content that names none: the whole picture (TTML 2, section 9.1.1).
    init(styles own: [String: String], initial: [String: String], lengths: TTMLLength) {
        let styles = initial.merging(own) { _, own in own }
        self.styles = own
        box = Self.box(styles, lengths)
        switch styles["tts:writingMode"] {
        case "tbrl", "tb": writing = .verticalRightToLeft
        case "tblr": writing = .verticalLeftToRight
        default: writing = .horizontal
        }
        isRightToLeft = ["rltb", "rl"].contains(styles["tts:writingMode"])
        let color = styles["tts:backgroundColor"].flatMap { TextColor(text: $0, hasByteAlpha: true) }
        hasBackground = (color?.alpha ?? 0) > 0
    }

    private static func box(_ styles: [String: String], _ lengths: TTMLLength) -> TextBox {
        var (width, height) = (100.0, 100.0)
        if let extent = pair(styles["tts:extent"], lengths) { (width, height) = extent }
        var (left, top) = (0.0, 0.0)
        if let origin = pair(styles["tts:origin"], lengths) { (left, top) = origin }
        if let position = styles["tts:position"].flatMap({ TTMLPosition($0, lengths) }) {
            left = position.horizontal.place(of: width)
            top = position.vertical.place(of: height)
        }
        let align = styles["tts:displayAlign"].flatMap(TextBox.BlockAlignment.init(rawValue:)) ?? .before
        return TextBox(left: left, top: top, width: width, height: height, align: align)
    }

    private static func pair(_ text: String?, _ lengths: TTMLLength) -> (Double, Double)? {
        let words = (text ?? "").split(whereSeparator: \.isWhitespace)
        guard words.count == 2, let first = lengths.horizontal(words[0]), let second = lengths.vertical(words[1]) else {
            return nil
        }
        return (first, second)
    }

    /// Where a paragraph in this region stands.
    func placement(align: String?) -> TextPlacement {
        let alignment: TextPlacement.Alignment
        switch align {
        case "left": alignment = .left
        case "right": alignment = .right
        case "center": alignment = .center
        case "end": alignment = isRightToLeft ? .left : .end
        default: alignment = isRightToLeft ? .right : .start
        }
        let isUsual = box == .usual && alignment == .center && writing == .horizontal
        return TextPlacement(anchor: isUsual ? .automatic : .box(box), alignment: alignment, writing: writing)
    }
}

/// `tts:position` (TTML 2, section 10.2.37): one to four words that say how a region lies in the picture.
struct TTMLPosition {
    struct Component {
        /// Percent of the room that is left beside the region.
        var share = 50.0
        /// Percent of the picture beyond that.
        var offset = 0.0

        func place(of extent: Double) -> Double { (100 - extent) * share / 100 + offset }
    }

    private(set) var horizontal = Component()
    private(set) var vertical = Component()

    private static let edges: [Substring: (isHorizontal: Bool, share: Double)] = [
        "left": (true, 0), "right": (true, 100), "top": (false, 0), "bottom": (false, 100),
    ]

    /// `nil` for what is no position.
    init?(_ text: String, _ lengths: TTMLLength) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard (1...4).contains(words.count) else { return nil }
        if words.count <= 2 {
            // "top" alone, or "top left", turn the order round; otherwise the first is horizontal.
            let isTurned =
                Self.edges[words[0]]?.isHorizontal == false
                || (words.count == 2 && Self.edges[words[1]]?.isHorizontal == true)
            for (place, word) in words.enumerated() {
                guard set(word, isHorizontal: (place == 0) != isTurned, lengths) else { return nil }
            }
            return
        }
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "center" { continue }
            guard let edge = Self.edges[word] else { return nil }
            var component = Component(share: edge.share)
            if let next = rest.first, next != "center", Self.edges[next] == nil {
                guard let length = edge.isHorizontal ? lengths.horizontal(next) : lengths.vertical(next) else {
                    return nil
                }
                rest.removeFirst()
                // A percentage counts of the room beside the region, a length from the edge inwards.
                if next.hasSuffix("%") {
                    component.share = edge.share == 0 ? length : 100 - length
                } else {
                    component.offset = edge.share == 0 ? length : -length
                }
            }
            if edge.isHorizontal { horizontal = component } else { vertical = component }
        }
    }

    private mutating func set(_ word: Substring, isHorizontal: Bool, _ lengths: TTMLLength) -> Bool {
        var component = Component()
        if let edge = Self.edges[word] {
            guard edge.isHorizontal == isHorizontal else { return false }
            component.share = edge.share
        } else if word != "center" {
            guard let length = isHorizontal ? lengths.horizontal(word) : lengths.vertical(word) else { return false }
            component = word.hasSuffix("%") ? Component(share: length) : Component(share: 0, offset: length)
        }
        if isHorizontal { horizontal = component } else { vertical = component }
        return true
    }
}
