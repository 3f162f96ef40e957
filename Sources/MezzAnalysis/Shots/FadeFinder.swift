/// Finds fades to and from a flat colour: the deviation of the luma falls evenly to nothing, or rises from it.
struct FadeFinder {
    /// Deviation (code values) up to which a picture is flat.
    private static let flat: Float = 3
    /// A ramp of fewer frames is a cut.
    private static let shortest = 3
    /// Deviation a picture must have for its fade to be seen.
    private static let least: Float = 6

    /// A stretch of flat frames with what leads into it and out of it.
    struct Passage: Equatable {
        var flat: Range<Int>
        /// Frames that are partly faded.
        var out: Range<Int>?
        var into: Range<Int>?

        /// From the first faded frame to the last.
        var frames: Range<Int> { (out ?? flat).lowerBound..<(into ?? flat).upperBound }
    }

    let deviations: [Float]

    /// Fades of the whole picture, and those to a colour that leave black bars standing; in order.
    /// - Parameter inner: Deviations inside the bars.
    static func passages(_ whole: [Float], inner: [Float]) -> [Passage] {
        let found = FadeFinder(deviations: whole).passages()
        let boxed = FadeFinder(deviations: inner).passages()
            .filter { passage in !found.contains { $0.frames.overlaps(passage.frames) } }
        return (found + boxed).sorted { $0.flat.lowerBound < $1.flat.lowerBound }
    }

    /// In order; only those with a fade on at least one side.
    func passages() -> [Passage] {
        flatRuns().compactMap { run in
            let passage = Passage(
                flat: run, out: ramp(from: run.lowerBound, by: -1), into: ramp(from: run.upperBound - 1, by: 1))
            return passage.out == nil && passage.into == nil ? nil : passage
        }
    }

    private func flatRuns() -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for frame in deviations.indices where deviations[frame] <= Self.flat {
            if let last = runs.last, last.upperBound == frame {
                runs[runs.count - 1] = last.lowerBound..<frame + 1
            } else {
                runs.append(frame..<frame + 1)
            }
        }
        return runs
    }

    /// Walks from a flat frame while the deviation grows, then lays the ramp's slope through its middle.
    private func ramp(from edge: Int, by step: Int) -> Range<Int>? {
        func deviation(_ distance: Int) -> Float? {
            let frame = edge + distance * step
            return deviations.indices.contains(frame) ? deviations[frame] : nil
        }
        var top = 1
        while let here = deviation(top), let next = deviation(top + 1) {
            let grows = here * 1.006 + 0.05
            guard next > grows || deviation(top + 2) ?? 0 > grows else { break }
            top += 1
        }
        guard let height = deviation(top), height >= Self.least else { return nil }
        guard let low = (1...top).first(where: { deviation($0) ?? 0 > 0.25 * height }),
            let high = (low...top).first(where: { deviation($0) ?? 0 > 0.8 * height }), high > low,
            let lowest = deviation(low), let highest = deviation(high), highest > lowest
        else { return nil }
        let slope = (highest - lowest) / Float(high - low)
        let length = min(top, max(high, high + Int(((height - highest) / slope).rounded()))) - 1
        // No step of a ramp is most of it.
        let steepest = (1...top).map { (deviation($0) ?? 0) - (deviation($0 - 1) ?? 0) }.max() ?? 0
        guard length >= Self.shortest, steepest < 0.5 * height else { return nil }
        return step < 0 ? edge - length..<edge : edge + 1..<edge + 1 + length
    }
}
