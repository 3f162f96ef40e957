import Foundation

/// What speaks for and against a gradual transition whose last old frame is `first` and whose first new one is `last`.
struct BlendEvidence {
    /// Distances in frames between the two that are tried.
    static let spans = [4, 6, 8, 10, 12, 16, 20, 26, 32, 40, 52, 64, 80]
    /// Frames looked at beyond the ends.
    static func margin(_ span: Int) -> Int { max(2, span / 4) }

    let first: Int
    let last: Int
    /// Distance of the pictures at the ends, code values.
    let distance: Float
    /// Greatest and middle distance from the straight way between them, in parts of `distance`.
    private(set) var bend: Float = 0
    private(set) var middleBend: Float = 0
    /// Greatest distance from even progress.
    private(set) var unevenness: Float = 0
    /// Distance of the fields from the nearer end's, over that expected of an even mixture.
    private(set) var mosaic: Float = 0
    /// How far the pictures move just outside, in parts of `distance`.
    private(set) var outside: Float = 0
    /// Samples' distance from the mixture in the middle, over that from the nearer end.
    private(set) var blur: Float = 0
    /// Edges and variance in the middle, over the mean of the ends.
    private(set) var edges: Float = 0
    private(set) var variance: Float = 0
    private(set) var luma: Float = 0
    private(set) var structure: Float = 0
    private(set) var steepest: Float = 0
    private(set) var surroundings: Float = 0
    private(set) var palette: Float = 0
    private(set) var before: Float = 0
    private(set) var after: Float = 0
    private(set) var back: Float = 0
    /// Frames before and after whose content is compared.
    private static let longestLook = 20

    /// - Returns: `nil` where nothing speaks for a transition.
    init?(first: Int, last: Int, in window: inout FrameWindow, steps: [Float]) {
        self.first = first
        self.last = last
        let (a, b) = (window[first], window[last])
        distance = FieldMath.distance(a.fields, b.fields)
        guard distance > 12 else { return nil }
        let span = last - first
        for quarter in 1...3 {
            let offset = (span * quarter + 2) / 4
            let part = Float(offset) / Float(span)
            let c = window[first + offset].fields
            let bend = FieldMath.distance(c, fromMixtureOf: a.fields, b.fields, part) / distance
            self.bend = max(self.bend, bend)
            if quarter == 2 { middleBend = bend }
            unevenness = max(unevenness, abs(FieldMath.progress(c, from: a.fields, to: b.fields) - part))
            mosaic += FieldMath.mosaic(c, a.fields, b.fields, part) / 3
        }
        guard unevenness < 0.42, min(bend, mosaic) < 0.9 else { return nil }
        steepest = steps[first + 1...last].max() ?? 0
        guard steepest < 0.5 else { return nil }
        palette = window.paletteDistance(first, last)
        guard palette > 4 else { return nil }
        compareMiddle(a, window[first + span / 2], b)
        lookOutside(span, window, steps)
    }

    /// The costly part: how much of the end is found in the beginning, against how much stays over as long a time before
    /// and after.
    /// - Returns: Whether there is a new picture at all.
    mutating func search(_ window: inout FrameWindow) -> Bool {
        (luma, structure) = window.unexplained(last, from: first, step: 2)
        let change = min(luma, structure)
        guard change > 0.38 else { return false }
        let reach = min(last - first, Self.longestLook)
        let past = first - reach >= window.first ? window.leastUnexplained(first, from: first - reach) : nil
        let future = last + reach < window.end ? window.leastUnexplained(last + reach, from: last) : nil
        before = past ?? future ?? change
        after = future ?? past ?? change
        back = change
        return true
    }

    /// Whether the old picture comes back, or the new one was there before: the costliest part.
    mutating func lookForReturns(_ window: inout FrameWindow) {
        for distance in [4, 8, 14, 20, 30, 40] {
            if last + distance < window.end {
                back = min(back, window.leastUnexplained(last + distance, from: first))
            }
            if first - distance >= window.first {
                back = min(back, window.leastUnexplained(last, from: first - distance))
            }
        }
    }

    private mutating func compareMiddle(_ a: ReducedPicture, _ c: ReducedPicture, _ b: ReducedPicture) {
        var mixture = 0
        var nearer = 0
        for at in 0..<a.half.count {
            let (x, y, z) = (Int(a.half[at]), Int(c.half[at]), Int(b.half[at]))
            mixture += abs(2 * y - x - z)
            nearer += min(abs(y - x), abs(y - z))
        }
        let floor = Float(a.half.count) / 2
        blur = Float(mixture) / 2 / (Float(nearer) + floor)
        edges = c.edges / ((a.edges + b.edges) / 2 + 0.5)
        variance = (c.deviation * c.deviation + 4) / ((a.deviation * a.deviation + b.deviation * b.deviation) / 2 + 4)
    }

    private mutating func lookOutside(_ span: Int, _ window: FrameWindow, _ steps: [Float]) {
        let margin = Self.margin(span)
        let early = max(window.first, first - margin)
        let late = min(window.end - 1, last + margin)
        outside =
            max(
                FieldMath.distance(window[early].fields, window[first].fields),
                FieldMath.distance(window[last].fields, window[late].fields)) / distance
        let around = steps[early...first] + steps[last...late].dropFirst()
        surroundings = around.reduce(0, +) / Float(around.count)
    }

    /// Whether the fields show one picture or the other rather than both at once.
    var isMosaic: Bool { mosaic < 0.72 && blur > 1 }

    /// The cheap measurements, then those of `search`.
    var measurements: [Float] {
        hints + [
            luma, structure, max(before, after), min(before, after), min(luma, structure) - max(before, after), back,
            back - max(before, after),
        ]
    }

    /// What is known without a search.
    var hints: [Float] {
        [
            log(distance), bend, middleBend, unevenness, mosaic, outside, log(blur), edges, variance, steepest,
            surroundings, log(palette + 0.3), log(Float(last - first)),
        ]
    }
}
