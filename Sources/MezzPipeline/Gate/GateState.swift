import MezzCore
import MezzEncode

/// Where the final encodes stand between two rounds of the quality gate.
struct GateState: Codable, Sendable {
    let round: Int
    var rungs: [GateRung]
    /// Every measurement so far, oldest first; later ones replace earlier ones frame by frame.
    var measures: [MeasureReference]
}

/// A rung with the tasks that hold its latest encode.
struct GateRung: Codable, Sendable {
    var planned: PlannedRung
    var assemble: String
    /// By chunk.
    var pieces: [PieceSource]
}

/// A measurement and the rungs it holds, in order.
struct MeasureReference: Codable, Sendable {
    let task: String
    let rungs: [String]
    let ownSize: Bool
}

/// What was measured of one rung.
struct RungMeasurement {
    /// By frame, at the source's size.
    let scores: [Double]
    /// By frame, at the rung's own size; empty when the gate does not ask.
    let ownScores: [Double]
    let assembled: AssembleStage.Output

    func bytes(of range: FrameRange, keyFrames: [Int]) -> Int {
        zip(keyFrames, assembled.gopBytes).filter { range.contains($0.0) }.reduce(0) { $0 + $1.1 }
    }
}
