/// Finds a free place for the label of each mark in a plot.
struct LabelPlacer {
    let area: (left: Double, top: Double, right: Double, bottom: Double)
    private var boxes: [Box]

    private static let height = 12.0

    private struct Box {
        let left: Double
        let top: Double
        let right: Double
        let bottom: Double

        func overlap(_ other: Box) -> Double {
            max(0, min(right, other.right) - max(left, other.left))
                * max(0, min(bottom, other.bottom) - max(top, other.top))
        }
    }

    /// - Parameter taken: centres of all marks; no label covers one.
    init(area: (left: Double, top: Double, right: Double, bottom: Double), taken: [(Double, Double)]) {
        self.area = area
        boxes = taken.map { Box(left: $0.0 - 7, top: $0.1 - 7, right: $0.0 + 7, bottom: $0.1 + 7) }
    }

    /// The start of the text's base line. Above to the left first: nothing lies above a hull.
    mutating func place(width: Double, nextTo mark: (x: Double, y: Double)) -> (x: Double, y: Double) {
        let (x, y) = mark
        let candidates: [(Double, Double)] = [
            (x - 8 - width, y - 5), (x - 10 - width, y + 4), (x - width / 2, y - 11), (x + 9, y + 14), (x + 11, y + 4),
            (x - width / 2, y + 21), (x - 10 - width, y + 14), (x - 12 - width, y - 16), (x + 11, y + 24),
        ]
        let scored = candidates.enumerated().map { order, start -> (cost: Double, start: (Double, Double), box: Box) in
            let box = Box(left: start.0, top: start.1 - Self.height + 2, right: start.0 + width, bottom: start.1 + 2)
            let outside =
                box.left < area.left + 2 || box.right > area.right || box.top < area.top - 6 || box.bottom > area.bottom
            let cost = boxes.reduce(outside ? 1000 : 0) { $0 + $1.overlap(box) } + Double(order) * 0.5
            return (cost, start, box)
        }
        guard let best = scored.min(by: { $0.cost < $1.cost }) else { return mark }
        boxes.append(best.box)
        return best.start
    }
}
