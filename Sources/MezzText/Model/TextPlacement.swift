/// Where on the picture a cue stands, and which way it runs.
package struct TextPlacement: Hashable, Sendable {
    package enum Writing: Hashable, Sendable {
        /// Lines one below the other.
        case horizontal
        /// Columns, the next one to the left: Chinese, Japanese.
        case verticalRightToLeft
        /// Columns, the next one to the right: Mongolian.
        case verticalLeftToRight
    }

    /// Where the lines of a cue begin within its box.
    package enum Alignment: String, Hashable, Sendable {
        case start
        case center
        case end
        case left
        case right
    }

    package enum Anchor: Hashable, Sendable {
        /// Wherever the player puts subtitles: below, in the middle.
        case automatic
        /// As WebVTT says it.
        case settings(CueSettings)
        /// As TTML says it.
        case box(TextBox)
    }

    package var anchor: Anchor
    package var alignment: Alignment
    package var writing: Writing

    package init(
        anchor: Anchor = .automatic, alignment: Alignment = .center, writing: Writing = .horizontal
    ) {
        self.anchor = anchor
        self.alignment = alignment
        self.writing = writing
    }
}

/// A rectangle of the picture, in percent of its sides, and where in it the text stands across its lines.
package struct TextBox: Hashable, Sendable {
    package enum BlockAlignment: String, Hashable, Sendable {
        case before
        case center
        case after
    }

    package var left: Double
    package var top: Double
    package var width: Double
    package var height: Double
    package var align: BlockAlignment

    package init(left: Double, top: Double, width: Double, height: Double, align: BlockAlignment) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
        self.align = align
    }

    /// Where subtitles stand when nothing is said: inside the title-safe area, below.
    static let usual = TextBox(left: 10, top: 10, width: 80, height: 80, align: .after)

    /// Whether it is inside the picture; what rounding does to percentages is overlooked.
    var isOnPicture: Bool {
        left >= -0.1 && top >= -0.1 && width > 0 && height > 0 && left + width <= 100.1 && top + height <= 100.1
    }
}

/// The settings of a WebVTT cue (section 3.4) that say where it stands.
package struct CueSettings: Hashable, Sendable {
    package enum Line: Hashable, Sendable {
        /// Lines of text from the top, or, when negative, from the bottom, where -1 is the last one.
        case row(Int)
        /// Percent of the picture's height; of its width in vertical text.
        case percent(Double)
    }

    package enum LineAlignment: String, Hashable, Sendable {
        case start
        case center
        case end
    }

    package enum PositionAlignment: String, Hashable, Sendable {
        case lineLeft = "line-left"
        case center
        case lineRight = "line-right"
    }

    package var line: Line?
    package var lineAlignment: LineAlignment?
    /// Percent of the picture's width; of its height in vertical text.
    package var position: Double?
    package var positionAlignment: PositionAlignment?
    /// Percent of the picture's width; of its height in vertical text.
    package var size: Double?

    package init() {}
}
