import MezzCore
import MezzLadder

/// The bridge from a report back to the mathematics its ladder came from, for one codec.
struct ReportModel {
    let builder: LadderBuilder
    /// The trial encodes that speak for each shot, largest size first, finest CRF first.
    let trials: [Int: [Report.Point]]
    /// How CRF varies inside the rungs; `nil` where encoders were given bitrates.
    let style: AllocationStyle?

    /// Fits the curves again. The report knows shots where the ladder knew units: shots of one unit have the same trial
    /// encodes and so the same curve, and weigh together as much.
    init(_ report: Report, codec: CodecFamily) {
        let points = Dictionary(grouping: report.ladder.points.filter { $0.codec == codec && $0.measured }, by: \.shot)
        trials = Dictionary(
            report.shots.map { shot in
                let own = (points[shot.standIn ?? shot.index] ?? []).filter { $0.probe?.isUsable == true }
                return (
                    shot.index,
                    own.sorted { (LadderResolution($1.size), $0.crf) < (LadderResolution($0.size), $1.crf) }
                )
            }
        ) { first, _ in first }
        let shots = report.shots.map { [trials] shot in
            ShotProbes(
                index: shot.index, frames: shot.frameCount, points: (trials[shot.index] ?? []).compactMap(\.probe))
        }
        builder = LadderBuilder(
            shots: shots, scale: LadderModel.scale(codec), reach: LadderModel.reach(codec),
            rules: LadderRules(caps: LadderRules.caps(scaledBy: StandardLadder.factor(codec))))
        style =
            switch LadderKind(rawValue: report.ladder.mode) {
            case .perShot: .perShot
            case .perTitle, .fixed: .uniform
            case .category, nil: nil
            }
    }

    /// The rung as the ladder chose it, before any correction; `nil` when the trial encodes do not reach so far.
    func chosen(_ rung: Report.Rung) -> LadderRung? {
        guard let style else { return nil }
        let crfs = rung.shots.compactMap { shot in (shot.plannedCRF ?? shot.crf).map { (shot.index, $0) } }
        return builder.rung(
            at: LadderResolution(rung.size), style, crfs: Dictionary(crfs) { first, _ in first },
            targetVMAF: rung.targetVMAF)
    }
}

extension LadderResolution {
    init(_ size: Resolution) {
        self.init(width: size.width, height: size.height)
    }
}

extension Report.Point {
    /// Where it lies on the curves; `nil` without a score. Older reports have the mean alone, which lies close by.
    var probe: ProbePoint? {
        (vmafHarmonic ?? vmaf).map {
            ProbePoint(resolution: LadderResolution(size), crf: wholeCRF ?? crf, bps: Double(bps), vmaf: $0, frames: 0)
        }
    }
}

extension Report {
    /// Whether sizes, frames and shots are such as titles have: a report may come from anywhere, and what is worked
    /// out from it relies on that.
    package var isPlausible: Bool {
        let sizes = ladder.rungs.map(\.size) + ladder.points.map(\.size)
        let frames = shots.flatMap { [$0.index, $0.firstFrame, $0.endFrame] }
        return sizes.allSatisfy { Self.sides.contains($0.width) && Self.sides.contains($0.height) }
            && frames.allSatisfy(Self.counts.contains) && Set(shots.map(\.index)).count == shots.count
            && ladder.points.allSatisfy { Self.crfs.contains($0.crf) && Self.crfs.contains($0.wholeCRF ?? 0) }
    }

    private static let sides = 1...65_536
    private static let counts = 0...(1 << 40)
    private static let crfs = 0.0...100.0
}
