extension TextBox {
    /// The height of a line where nothing is said, in percent of the picture's height: WebVTT renders at 5 vh with
    /// a line height of 1.0666 (section 7.2, "snap to lines" counts in such lines).
    static let lineHeight = 5.33

    /// The box in which text with WebVTT's settings stands (section 7.2, "apply WebVTT cue settings").
    /// - Parameter lines: How many lines the cue has.
    init(_ settings: CueSettings, alignment: TextPlacement.Alignment, writing: TextPlacement.Writing, lines: Int) {
        let along = Self.along(settings, alignment)
        let across = Self.across(settings, writing, lines: lines)
        switch writing {
        case .horizontal:
            self.init(left: along.start, top: across.start, width: along.size, height: across.size, align: across.align)
        case .verticalRightToLeft:
            // TTML counts from where the first column is: the right.
            let align: BlockAlignment =
                across.align == .before ? .after : across.align == .after ? .before : .center
            self.init(left: across.start, top: along.start, width: across.size, height: along.size, align: align)
        case .verticalLeftToRight:
            self.init(left: across.start, top: along.start, width: across.size, height: along.size, align: across.align)
        }
    }

    /// The box's extent along the lines.
    private static func along(
        _ settings: CueSettings, _ alignment: TextPlacement.Alignment
    ) -> (start: Double, size: Double) {
        let anchor: CueSettings.PositionAlignment =
            settings.positionAlignment
            ?? (alignment == .start || alignment == .left
                ? .lineLeft : alignment == .center ? .center : .lineRight)
        let position = settings.position ?? (anchor == .lineLeft ? 0 : anchor == .center ? 50 : 100)
        // What would leave the picture is made smaller, as a player does.
        let room: Double =
            switch anchor {
            case .lineLeft: 100 - position
            case .center: 2 * min(position, 100 - position)
            case .lineRight: position
            }
        let size = max(1, min(settings.size ?? 100, room))
        return (anchor == .lineLeft ? position : anchor == .center ? position - size / 2 : position - size, size)
    }

    /// The box's extent across the lines.
    private static func across(
        _ settings: CueSettings, _ writing: TextPlacement.Writing, lines: Int
    ) -> (start: Double, size: Double, align: BlockAlignment) {
        guard let line = settings.line else {
            return writing == .verticalRightToLeft ? (10, 80, .before) : (10, 80, .after)
        }
        switch line {
        case .row(let row):
            let box = rows(row, lines: lines)
            // Columns that follow each other to the left are counted from the right.
            guard writing == .verticalRightToLeft else { return box }
            return (100 - box.start - box.size, box.size, box.align == .before ? .after : .before)
        case .percent(let percent):
            switch settings.lineAlignment ?? .start {
            case .start: return (percent, max(1, 100 - percent), .before)
            case .center:
                let half = max(0.5, min(percent, 100 - percent))
                return (percent - half, 2 * half, .center)
            case .end: return (0, max(1, percent), .after)
            }
        }
    }

    private static func rows(_ row: Int, lines: Int) -> (start: Double, size: Double, align: BlockAlignment) {
        if row >= 0 {
            let start = min(100 - lineHeight, Double(row) * lineHeight)
            return (start, 100 - start, .before)
        }
        return (0, min(100, max(lineHeight * Double(lines), 100 + lineHeight * (Double(row) + Double(lines)))), .after)
    }
}

extension CueSettings {
    /// Settings that put text where it stands in the box.
    /// - Parameter lines: How many lines the cue has. Text that ends at a line is written as text that begins so many
    ///   lines earlier, because browsers disregard the alignment of `line` (Chromium 156 does).
    init(_ box: TextBox, alignment: TextPlacement.Alignment, writing: TextPlacement.Writing, lines: Int) {
        self.init()
        let isHorizontal = writing == .horizontal
        let block = Double(max(1, lines)) * TextBox.lineHeight
        let (start, extent) = isHorizontal ? (box.top, box.height) : (box.left, box.width)
        // A player lays vertical lines out from their left edge, whichever way they follow each other.
        let isReversed = writing == .verticalRightToLeft
        let edge: Double =
            switch box.align {
            case .before: isReversed ? start + extent - block : start
            case .center: start + (extent - block) / 2
            case .after: isReversed ? start : start + extent - block
            }
        line = .percent(min(100, max(0, edge)))
        let (first, length) = isHorizontal ? (box.left, box.width) : (box.top, box.height)
        let (low, high) = (min(100, max(0, first)), min(100, max(0, first + length)))
        size = max(1, high - low)
        switch alignment {
        case .start, .left: (position, positionAlignment) = (low, .lineLeft)
        case .center: (position, positionAlignment) = ((low + high) / 2, .center)
        case .end, .right: (position, positionAlignment) = (high, .lineRight)
        }
    }
}

extension TextPlacement {
    /// The box that the text stands in, whichever way its place was said.
    /// - Parameter lines: How many lines the cue has.
    func box(lines: Int) -> TextBox {
        switch anchor {
        case .box(let box): box
        case .settings(let settings): TextBox(settings, alignment: alignment, writing: writing, lines: lines)
        case .automatic:
            writing == .horizontal
                ? .usual : TextBox(CueSettings(), alignment: alignment, writing: writing, lines: lines)
        }
    }
}
