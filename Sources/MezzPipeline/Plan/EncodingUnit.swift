package import MezzCore

/// A run of whole shots that gets one CRF in a rung: usually one shot; very short ones share.
package struct EncodingUnit: Codable, Hashable, Sendable {
    package let index: Int
    package let frames: FrameRange
    /// Detected shots in it.
    package let shots: [Int]

    package init(index: Int, frames: FrameRange, shots: [Int]) {
        self.index = index
        self.frames = frames
        self.shots = shots
    }

    /// Joins neighbouring shots until each unit lasts `minimumFrames`.
    package static func units(of shots: [Shot], minimumFrames: Int) -> [EncodingUnit] {
        var runs: [[Shot]] = []
        for shot in shots {
            let isOpen = runs.last.map { length($0) < minimumFrames } ?? false
            if isOpen { runs[runs.count - 1].append(shot) } else { runs.append([shot]) }
        }
        if runs.count > 1, let last = runs.last, length(last) < minimumFrames {
            runs.removeLast()
            runs[runs.count - 1] += last
        }
        return runs.enumerated().compactMap { index, run in
            guard let first = run.first, let last = run.last else { return nil }
            return EncodingUnit(
                index: index, frames: FrameRange(first: first.frames.first, end: last.frames.end),
                shots: run.map(\.index))
        }
    }

    private static func length(_ run: [Shot]) -> Int { run.reduce(0) { $0 + $1.frames.count } }
}

/// A run of frames that one encoder process encodes.
package struct Chunk: Codable, Hashable, Sendable {
    package let index: Int
    package let frames: FrameRange
    /// Units that it holds or is a part of.
    package let units: [Int]

    /// Cuts a title into chunks that begin at key frames of the plan.
    /// - Parameters:
    ///   - separate: Whether units differ in CRF and so cannot share a chunk.
    ///   - maximumFrames: Where a longer chunk is split, and up to where units are joined.
    package static func chunks(
        of units: [EncodingUnit], plan: SegmentPlan, separate: Bool, maximumFrames: Int
    ) -> [Chunk] {
        var pieces: [(FrameRange, [Int])] = []
        for unit in units {
            for piece in split(unit.frames, plan: plan, maximumFrames: maximumFrames) {
                if !separate, let last = pieces.last, last.0.count + piece.count <= maximumFrames {
                    let known = last.1.contains(unit.index) ? last.1 : last.1 + [unit.index]
                    pieces[pieces.count - 1] = (FrameRange(first: last.0.first, end: piece.end), known)
                } else {
                    pieces.append((piece, [unit.index]))
                }
            }
        }
        return pieces.enumerated().map { Chunk(index: $0.offset, frames: $0.element.0, units: $0.element.1) }
    }

    private static func split(_ range: FrameRange, plan: SegmentPlan, maximumFrames: Int) -> [FrameRange] {
        var pieces: [FrameRange] = []
        var first = range.first
        while range.end - first > maximumFrames {
            let keys = plan.keyFrames.filter { $0 > first && $0 <= first + maximumFrames && $0 < range.end }
            guard let cut = keys.max() else { break }
            pieces.append(FrameRange(first: first, end: cut))
            first = cut
        }
        return pieces + [FrameRange(first: first, end: range.end)]
    }
}
