import MezzPixels

/// What a frame looks like to the search for credits.
enum CardView: UInt8, Sendable {
    /// A picture.
    case picture
    /// One even tone.
    case blank
    /// Thin marks on one even tone: text.
    case card

    /// Looks at the luma of a thumbnail, `Thumbnail.lumaBytes` samples row by row.
    init(luma: UnsafeRawBufferPointer) {
        let ground = Ground(luma)
        guard ground.share >= Self.leastGround else {
            self = .picture
            return
        }
        let marks = Marks(luma, ground: ground.tone)
        if marks.share < Self.leastMarks {
            self = .blank
        } else if marks.share <= Self.mostMarks, marks.runs >= Self.fewestRuns, marks.meanRun <= Self.longestRun {
            self = .card
        } else {
            self = .picture
        }
    }

    /// Share of the picture that the tone behind a text fills, at least. Night skies are dark, but not so even.
    private static let leastGround = 0.55
    /// Share of the picture that text fills.
    private static let leastMarks = 0.003
    private static let mostMarks = 0.3
    /// Strokes and words, counted along the rows.
    private static let fewestRuns = 10
    /// Samples along a row that a word fills at most, on average.
    private static let longestRun = 12.0
}

/// The tone that most of a picture has, give or take two code values.
private struct Ground {
    let tone: Int
    let share: Double

    init(_ luma: UnsafeRawBufferPointer) {
        var counts = [Int](repeating: 0, count: 260)
        for value in luma { counts[Int(value) + 2] += 1 }
        var (best, most) = (0, -1)
        for tone in 0..<256 {
            let near = counts[tone] + counts[tone + 1] + counts[tone + 2] + counts[tone + 3] + counts[tone + 4]
            if near > most { (best, most) = (tone, near) }
        }
        tone = best
        share = Double(most) / Double(max(luma.count, 1))
    }
}

/// Samples that stand out from the ground, and the runs they form along rows.
private struct Marks {
    let share: Double
    let runs: Int
    let meanRun: Double

    private static let contrast = 24

    init(_ luma: UnsafeRawBufferPointer, ground: Int) {
        var marked = 0
        var runs = 0
        for row in stride(from: 0, to: luma.count, by: Thumbnail.width) {
            var isInside = false
            for value in luma[row..<min(row + Thumbnail.width, luma.count)] {
                let stands = abs(Int(value) - ground) > Self.contrast
                if stands { marked += 1 }
                if stands, !isInside { runs += 1 }
                isInside = stands
            }
        }
        share = Double(marked) / Double(max(luma.count, 1))
        self.runs = runs
        meanRun = Double(marked) / Double(max(runs, 1))
    }
}
