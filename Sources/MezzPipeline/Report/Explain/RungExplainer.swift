import MezzCore
import MezzLadder

/// Explains one rung of a report.
struct RungExplainer {
    let report: Report
    let model: ReportModel
    let rung: Report.Rung

    /// VMAF by which another size must be better to count as better: frontiers are interpolated.
    private static let leastAdvantage = 0.1

    func explained() -> ExplainedRung {
        let chosen = model.chosen(rung)
        let explanations = chosen.map(model.builder.explanations(in:)) ?? []
        let byShot = Dictionary(explanations.map { ($0.shot, $0) }) { first, _ in first }
        let sizes = explanations.first?.sizes ?? []
        return ExplainedRung(
            id: rung.id, size: rung.size, targetVMAF: rung.targetVMAF,
            predicted: chosen.map { OperatingPoint(rate: $0.bps, vmaf: $0.vmaf) }
                ?? OperatingPoint(bps: rung.predictedBPS, vmaf: rung.predictedVMAF),
            delivered: rung.quality.map { OperatingPoint(bps: rung.averageBPS, vmaf: $0.harmonicMean) },
            sizeReason: reason(sizes, chosen), sizes: sizes.map { explained($0, chosen) },
            shots: rung.shots.map { shot($0, byShot[$0.index], pooled: chosen?.vmaf ?? 0) })
    }

    private func shot(_ shot: Report.RungShot, _ why: ShotExplanation?, pooled: Double) -> ExplainedShot {
        let delivered = OperatingPoint(bps: shot.bps, vmaf: shot.vmafHarmonic ?? shot.vmaf)
        return ExplainedShot(
            index: shot.index, crf: shot.crf, chosenCRF: shot.plannedCRF ?? shot.crf, reason: reason(shot, why),
            predicted: predicted(shot) ?? (rung.quality == nil ? delivered : nil),
            delivered: rung.quality == nil ? nil : delivered,
            slopes: why.map { ExplainedSlopes($0.slope, pooling: model.builder.model.pooling, vmaf: pooled) })
    }

    private func predicted(_ shot: Report.RungShot) -> OperatingPoint? {
        guard let crf = shot.crf,
            let curve = model.builder.model.curve(shot: shot.index, resolution: LadderResolution(rung.size))
        else { return nil }
        return OperatingPoint(rate: curve.bps(at: crf), vmaf: curve.vmaf(at: crf))
    }

    private func reason(_ shot: Report.RungShot, _ why: ShotExplanation?) -> ChoiceReason {
        if shot.crf == nil { return .bitrate }
        return why.map { ChoiceReason($0.slope.reason, isFixed: isFixed) } ?? .unknown
    }

    private var isFixed: Bool { report.ladder.mode == LadderKind.fixed.rawValue }

    /// The rung's own size gives what the rung does: its frontier may end a rounding short of it.
    private func explained(_ size: SizeComparison, _ chosen: LadderRung?) -> ExplainedSize {
        let own = chosen.flatMap { $0.resolution == size.resolution ? $0 : nil }
        let cap = model.builder.rules.cap(height: size.resolution.height)
        return ExplainedSize(
            size: Resolution(width: size.resolution.width, height: size.resolution.height),
            vmaf: (own?.vmaf ?? size.vmaf)?.rounded(places: 3), isTried: own != nil || size.isMeasured,
            capBPS: Int(exactly: cap.rounded()))
    }

    private func reason(_ sizes: [SizeComparison], _ chosen: LadderRung?) -> SizeReason {
        if isFixed || report.ladder.mode == LadderKind.category.rawValue { return .given }
        guard let chosen, !sizes.isEmpty else { return .unknown }
        guard sizes.count > 1 else { return .only }
        let better = sizes.filter { ($0.vmaf ?? 0) > chosen.vmaf + Self.leastAdvantage }.map(\.resolution)
            .filter { $0 != chosen.resolution }
        if better.isEmpty { return .best }
        let affordable = better.filter { model.builder.rules.cap(height: $0.height) >= chosen.bps }
        if affordable.isEmpty { return .cap }
        guard let above = sizeAbove, affordable.allSatisfy({ $0 > above }) else { return .goal }
        return .order
    }

    /// The size of the next rung with more bits.
    private var sizeAbove: LadderResolution? {
        let own = rung.predictedBPS ?? rung.averageBPS
        let dearer = report.ladder.rungs.filter {
            $0.codec == rung.codec && ($0.predictedBPS ?? $0.averageBPS) > own
        }
        return dearer.min { ($0.predictedBPS ?? $0.averageBPS) < ($1.predictedBPS ?? $1.averageBPS) }
            .map { LadderResolution($0.size) }
    }
}
