import Foundation
import MezzLadder
import Testing

/// The standard effort, replayed on a recorded exhaustive grid.
///
/// The truth is the grid's own curves: seven CRFs a cell. Trial encodes are read off them, so any CRF can be asked for;
/// every rung is charged with what the truth says of its CRFs.
struct GridReplay {
    let grid: RecordedGrid
    let truth: TitleModel
    private let fine: LadderBuilder
    private let coarse: CRFScale
    private let shape: [Double]
    private let place: [Double]
    private let limits: LadderBuilder.ChallengeLimits
    private let reach: Double

    static let names = [
        "sintel-avc", "bunny-avc", "tears-avc", "mixed720-avc", "mixed480-avc", "archive360-avc", "outdoor540-avc",
        "tears-av1",
    ]

    init(_ name: String) throws {
        grid = try RecordedGrid.load(name)
        let isAV1 = name.hasSuffix("av1")
        coarse =
            isAV1 ? CRFScale(step: 1, minimum: 18, maximum: 60) : CRFScale(step: 0.25, minimum: 14, maximum: 42)
        shape = isAV1 ? [29, 50] : [21, 35]
        place = isAV1 ? [37] : [27]
        limits = LadderBuilder.ChallengeLimits(stretch: isAV1 ? 1.5 : 1)
        reach = isAV1 ? 12 : 8
        let scale = CRFScale(step: 0.05, minimum: coarse.minimum, maximum: coarse.maximum)
        truth = TitleModel(shots: grid.probes(), scale: scale, floorDistance: 100)
        fine = LadderBuilder(shots: grid.probes(), scale: scale)
    }

    /// The small size that is tried at two CRFs.
    private var shapeSize: LadderResolution? {
        truth.resolutions.count > 3 ? truth.resolutions[1] : truth.resolutions.first
    }

    /// A ladder from few trial encodes.
    struct Standard {
        let rungs: [LadderRung]
        /// Trial encodes a shot.
        let cells: Double
        /// Pixels encoded for them over those of the whole grid.
        let share: Double
    }

    func standard(_ mode: LadderMode) -> Standard {
        let base = truth.resolutions.flatMap { size in
            (size == shapeSize ? shape : place).map { ProbeCell(resolution: size, crf: $0) }
        }
        var cells = Dictionary(uniqueKeysWithValues: truth.shots.map { ($0.index, Set(base)) })
        var rungs: [LadderRung] = []
        for round in 0...2 {
            let builder = LadderBuilder(shots: probes(cells), scale: coarse, reach: reach)
            rungs = builder.build(mode)
            guard round < 2 else { break }
            for (shot, asked) in builder.challengers(for: rungs, limits: limits) {
                cells[shot, default: []].formUnion(asked.filter { covers($0, shot) })
            }
        }
        let count = cells.values.reduce(0) { $0 + $1.count }
        return Standard(rungs: rungs, cells: Double(count) / Double(cells.count), share: share(of: cells))
    }

    private func share(of cells: [Int: Set<ProbeCell>]) -> Double {
        let tried = truth.shots.reduce(0) { sum, shot in
            sum + shot.frames * cells[shot.index, default: []].reduce(0) { $0 + $1.resolution.pixels }
        }
        let all = grid.rows.reduce(0) { $0 + $1[1] * $1[2] * $1[3] }
        return Double(tried) / all
    }

    /// The ladder of the whole grid, its CRFs in fine steps: (nearly) the optimum.
    func exhaustive(_ mode: LadderMode) -> [LadderRung] { fine.build(mode) }

    /// The rungs at given bitrates: one CRF each.
    func fixed(_ rungs: [FixedRung]) -> [LadderRung] { fine.build(.fixed(rungs)) }

    /// What the rung's CRFs give by the grid.
    func real(_ rung: LadderRung) throws -> RatePoint {
        let encodes = try rung.shots.map { shot in
            let curve = try #require(truth.curve(shot: shot.index, resolution: rung.resolution))
            return (bps: curve.bps(at: shot.crf), vmaf: curve.vmaf(at: shot.crf))
        }
        let frames = truth.shots.map(\.frames)
        let bits = zip(frames, encodes).reduce(0) { $0 + Double($1.0) * $1.1.bps }
        return RatePoint(
            bps: bits / Double(frames.reduce(0, +)),
            vmaf: Synthetic.pooled(zip(frames, encodes).map { ($0, $1.vmaf) }, truth.pooling))
    }

    /// The share of bits a rung takes over the least at which the truth reaches its quality, over all sizes; nil above
    /// VMAF 95.5, the metric's ceiling.
    func loss(_ rung: LadderRung, _ style: AllocationStyle) throws -> Double? {
        let real = try real(rung)
        let least = truth.resolutions.compactMap { size -> Double? in
            let best = truth.allocate(style, at: size, for: .vmaf(real.vmaf - 1e-9))
            return best.flatMap { $0.meetsGoal ? $0.bps : nil }
        }.min()
        guard let least, real.vmaf <= 95.5 else { return nil }
        return real.bps / least - 1
    }

    private func covers(_ cell: ProbeCell, _ shot: Int) -> Bool {
        truth.curve(shot: shot, resolution: cell.resolution)?.crfRange.contains(cell.crf) ?? false
    }

    private func probes(_ cells: [Int: Set<ProbeCell>]) -> [ShotProbes] {
        truth.shots.map { shot in
            let points = cells[shot.index, default: []].compactMap { cell -> ProbePoint? in
                truth.curve(shot: shot.index, resolution: cell.resolution).map {
                    ProbePoint(
                        resolution: cell.resolution, crf: cell.crf, bps: $0.bps(at: cell.crf),
                        vmaf: $0.vmaf(at: cell.crf), frames: shot.frames)
                }
            }
            return ShotProbes(index: shot.index, frames: shot.frames, points: points)
        }
    }
}
