package import MezzCore

/// Finds opening and closing credits that stand as text on an even ground. Text over pictures is not told from titles
/// and signs inside them, and is not looked for.
package struct CreditsFinder: Sendable {
    private var views: [CardView] = []

    package init() {}

    /// Takes the next frame: the luma of its thumbnail, row by row.
    package mutating func add(_ luma: UnsafeRawBufferPointer) {
        views.append(CardView(luma: luma))
    }

    /// The credits of the frames so far, opening first; at most one of each.
    package func credits(frameRate: Rational) -> [Credits] {
        let limits = Limits(frames: views.count, framesPerSecond: max(frameRate.value, 1))
        let opening = Self.run(views, limits).map { Credits(kind: .opening, frames: $0) }
        let closing = Self.run(views.reversed(), limits).map { range in
            Credits(
                kind: .closing,
                frames: FrameRange(first: views.count - range.end, end: views.count - range.first))
        }
        guard let opening, let closing, opening.frames.end + 1 >= closing.frames.first else {
            return [opening, closing].compactMap(\.self)
        }
        // Cards from end to end are no credits of anything.
        return []
    }

    /// In frames.
    private struct Limits {
        /// How far from its end of the title a run of cards may begin: a logo may stand before it.
        let distance: Int
        /// The longest picture inside a run.
        let gap: Int
        /// The longest even tone inside a run.
        let pause: Int
        /// Cards in a run, at least.
        let cards: Int
        /// Where the title's other half begins.
        let middle: Int

        init(frames: Int, framesPerSecond: Double) {
            distance = max(Int(15 * framesPerSecond), frames / 20)
            gap = Int(2 * framesPerSecond)
            pause = Int(5 * framesPerSecond)
            cards = Int(2 * framesPerSecond)
            middle = frames / 2
        }
    }

    /// The run of cards nearest to the beginning of `views`, from its first card to its last.
    private static func run(_ views: [CardView], _ limits: Limits) -> FrameRange? {
        var first: Int?
        var last = 0
        var cards = 0
        var (pictures, blanks) = (0, 0)
        for (frame, view) in views.prefix(limits.middle).enumerated() {
            switch view {
            case .card:
                if first == nil { first = frame }
                last = frame
                cards += 1
                (pictures, blanks) = (0, 0)
            case .picture: pictures += 1
            case .blank: blanks += 1
            }
            if first == nil, frame >= limits.distance { return nil }
            guard let begin = first, pictures > limits.gap || blanks > limits.pause else { continue }
            if isCredits(begin, last, cards, limits) { break }
            // A single card far from others, such as a logo's: the search goes on behind it.
            (first, cards, pictures, blanks) = (nil, 0, 0, 0)
        }
        guard let begin = first, isCredits(begin, last, cards, limits) else { return nil }
        return FrameRange(first: begin, end: last + 1)
    }

    private static func isCredits(_ first: Int, _ last: Int, _ cards: Int, _ limits: Limits) -> Bool {
        cards >= limits.cards && cards * 3 >= last + 1 - first
    }
}
