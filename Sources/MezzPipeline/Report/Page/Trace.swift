import MezzCore

/// One rung's course over the title, thinned out to what a page can show. Lines are written in a box of
/// 2000 × 1000 units.
struct Trace {
    /// The course itself; where it was thinned out, its mean.
    let line: String
    /// Where it was thinned out, the worst of each piece: dips and peaks stay visible. Empty otherwise.
    let extreme: String
    /// How many values each point stands for.
    let thinning: Int

    static let width = 2000.0
    static let height = 1000.0
    /// Of line and extreme together.
    static let maximumPoints = 1500

    /// VMAF by frame.
    init(scores: [Float], frames: Int, axis: Axis) {
        let used = scores.prefix(frames)
        if used.count <= Self.maximumPoints {
            let places = used.enumerated().map { frame, score -> (Double, Double)? in
                score.isFinite ? ((Double(frame) + 0.5) / Double(frames), Double(score)) : nil
            }
            (line, extreme, thinning) = (Self.polyline(places, axis), "", 1)
            return
        }
        let buckets = Self.maximumPoints / 2
        var means: [(Double, Double)?] = []
        var lows: [(Double, Double)?] = []
        for bucket in 0..<buckets {
            let (first, end) = (used.count * bucket / buckets, used.count * (bucket + 1) / buckets)
            let known = used[first..<end].filter(\.isFinite)
            let x = Double(first + end) / 2 / Double(frames)
            means.append(known.isEmpty ? nil : (x, known.reduce(0) { $0 + Double($1) } / Double(known.count)))
            lows.append(known.min().map { (x, Double($0)) })
        }
        line = Self.polyline(means, axis)
        extreme = Self.polyline(lows, axis)
        thinning = used.count / buckets
    }

    /// A value that holds over runs of frames: a segment's bitrate, a shot's VMAF. Neighbours are merged when there
    /// are too many; the extreme is then the highest of each piece.
    init(steps: [Step], frames: Int, axis: Axis) {
        let steps = steps.filter { $0.value.isFinite && $0.end > $0.first }
        let size =
            steps.count <= Self.maximumPoints ? 1 : (steps.count * 2 + Self.maximumPoints - 1) / Self.maximumPoints
        thinning = size
        guard size > 1 else {
            (line, extreme) = (Self.staircase(steps, frames, axis), "")
            return
        }
        let pieces = stride(from: 0, to: steps.count, by: size).map { steps[$0..<min($0 + size, steps.count)] }
        line = Self.staircase(pieces.map { Step.merged($0, Step.mean) }, frames, axis)
        extreme = Self.staircase(pieces.map { Step.merged($0, { $0.map(\.value).max() ?? 0 }) }, frames, axis)
    }

    /// A value over frames `[first, end)`.
    struct Step {
        let first: Int
        let end: Int
        let value: Double

        fileprivate static func mean(_ steps: ArraySlice<Step>) -> Double {
            let frames = steps.reduce(0) { $0 + $1.end - $1.first }
            return steps.reduce(0) { $0 + $1.value * Double($1.end - $1.first) } / Double(max(frames, 1))
        }

        fileprivate static func merged(_ steps: ArraySlice<Step>, _ value: (ArraySlice<Step>) -> Double) -> Step {
            Step(first: steps.first?.first ?? 0, end: steps.last?.end ?? 0, value: value(steps))
        }
    }

    /// The y coordinate of a value.
    static func y(_ value: Double, _ axis: Axis) -> String {
        Figures.coordinate((1 - axis.position(value)) * height, places: 0)
    }

    /// The x coordinate of a frame's start.
    static func x(_ frame: Int, of frames: Int) -> String {
        Figures.coordinate(Double(frame) / Double(max(frames, 1)) * width)
    }

    private static func polyline(_ places: [(Double, Double)?], _ axis: Axis) -> String {
        var path = ""
        var isOpen = false
        for place in places {
            if let (x, value) = place {
                path += "\(isOpen ? "L" : "M")\(Figures.coordinate(x * width)) \(y(value, axis))"
            }
            isOpen = place != nil
        }
        return path
    }

    private static func staircase(_ steps: [Step], _ frames: Int, _ axis: Axis) -> String {
        var path = ""
        var reached = -1
        for step in steps {
            let level = y(step.value, axis)
            path += step.first == reached ? "V\(level)" : "M\(x(step.first, of: frames)) \(level)"
            path += "H\(x(step.end, of: frames))"
            reached = step.end
        }
        return path
    }
}
