import MezzPixels

/// Numbers measured so far: for each encode a column per feature, and the reference's motion.
struct ScoreRecords {
    private let table: MeasurementTable
    /// Frames that were scored, counted from the first pushed one.
    private var scored: [Int] = []
    /// By encode, feature and scored frame.
    private var columns: [[[Double]]]
    private var series: [MotionSeries]

    init(table: MeasurementTable, distorted: Int) {
        self.table = table
        columns = Array(repeating: Array(repeating: [], count: table.sources.count), count: distorted)
        series = table.motions.map { MotionSeries($0) }
    }

    /// - Parameter rows: By extractor and encode the values of a frame. Extractors that look at the reference alone
    ///   may give one row for all encodes.
    mutating func append(_ rows: [[[Double]]], frame: Int, isScored: Bool) {
        for (column, source) in table.sources.enumerated() {
            let found = rows[source.extractor]
            if let motion = source.series { series[motion].append(found[0][source.value]) }
            guard isScored else { continue }
            for encode in columns.indices {
                let value = source.series.flatMap { series[$0].differences.last }
                columns[encode][column].append(value ?? found[min(encode, found.count - 1)][source.value])
            }
        }
        for motion in series.indices where series[motion].options.forcesZero { series[motion].append(0) }
        if isScored { scored.append(frame) }
    }

    /// The log of one encode, with motion over time and the models' scores.
    func scores(of encode: Int, models: [Model], firstFrame: Int) -> FrameScores {
        var names = table.sources.map(\.name)
        var values = columns[encode]
        for (motion, own) in zip(series, table.timeNames) {
            names += own
            values += [scored.map(motion.motion2), scored.map(motion.motion3)]
        }
        for model in models {
            let inputs = model.inputs.map { input in names.firstIndex(of: input.name).map { values[$0] } ?? [] }
            let rows = scored.indices.map { frame in model.values(inputs.map { $0[frame] }) }
            names += model.scoreNames
            values += model.scoreNames.indices.map { value in rows.map { $0[value] } }
        }
        return FrameScores(frames: scored.map { $0 + firstFrame }, names: names, columns: values)
    }
}
