import MezzMetrics

/// Chooses the frames of several encodes that tell their mean scores, and puts the passes' scores together.
struct FrameSampling {
    private var means: [SampledMean]
    private var passes: [[FrameScores]] = []
    /// By encode: scores of frames measured so far.
    private var known: [[Int: Double]]

    init(frames: Int, within limit: Double, encodes: Int) {
        means = (0..<encodes).map { _ in SampledMean(frames: frames, within: limit) }
        known = Array(repeating: [:], count: encodes)
    }

    var estimates: [MeanEstimate] { means.compactMap(\.estimate) }

    /// Frames to measure next for all encodes; `nil` when all are good enough.
    func next() -> Set<Int>? {
        let wanted = means.reduce(into: Set<Int>()) { $0.formUnion($1.wanted) }
        return wanted.isEmpty ? nil : wanted
    }

    /// - Parameters:
    ///   - scores: Of all encodes, for the frames that `next` named.
    ///   - firstFrame: What the log adds to frame numbers.
    mutating func take(_ scores: [FrameScores], leading name: String, firstFrame: Int) {
        passes.append(scores)
        for encode in means.indices {
            for (frame, value) in zip(scores[encode].frames, scores[encode][name] ?? []) {
                known[encode][frame - firstFrame] = value.isFinite ? value : 0
            }
            // What another encode asked for may be wanted here later: it is known then.
            while !means[encode].wanted.isEmpty, means[encode].wanted.allSatisfy({ known[encode][$0] != nil }) {
                means[encode].take(means[encode].wanted.map { known[encode][$0] ?? 0 })
            }
        }
    }

    /// All frames measured, in order, each once.
    var scores: [FrameScores] {
        means.indices.map { encode in
            let logs = passes.map { $0[encode] }
            var rows: [Int: (log: Int, row: Int)] = [:]
            for (log, scores) in logs.enumerated() {
                for (row, frame) in scores.frames.enumerated() { rows[frame] = (log, row) }
            }
            let frames = rows.keys.sorted()
            let names = logs.first?.names ?? []
            let columns = names.indices.map { column in
                frames.compactMap { frame in rows[frame].map { logs[$0.log].columns[column][$0.row] } }
            }
            return FrameScores(frames: frames, names: names, columns: columns)
        }
    }
}
