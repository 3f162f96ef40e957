import Foundation

/// The cells that should be probed before a ladder's resolutions can be trusted.
///
/// A rung must not take a resolution that was never compared at its bitrate: in published replays ladders without
/// such challenger probes lost up to 35%, with them under 2%.
extension LadderBuilder {
    /// Limits within which a comparison counts as made.
    package struct ChallengeLimits: Hashable, Codable, Sendable {
        /// A probe this near in CRF measures the bitrate in question; 3 is a factor of 1.4 in x264's bits.
        package let nearCRF: Double
        /// The share of the frames, 0...1, that must lie in shots with such a probe.
        package let share: Double
        /// A competitor predicted to lose by more VMAF than this is not probed: two-probe fits erred by 2 at most.
        package let margin: Double
        /// How many resolutions to each side of the rung's own compete: one contained the optimum within 0.15%.
        package let neighbours: Int

        /// Limits with the project's defaults.
        package init(nearCRF: Double = 3, share: Double = 0.5, margin: Double = 3, neighbours: Int = 1) {
            self.nearCRF = nearCRF
            self.share = share
            self.margin = margin
            self.neighbours = neighbours
        }
    }

    /// The cells to probe before the resolution of `rung` can be trusted; empty when it can.
    ///
    /// - Parameters:
    ///   - rung: A rung of a ladder this builder made.
    ///   - offered: Resolutions that may be encoded besides the probed ones.
    ///   - limits: When a comparison counts as made.
    /// - Returns: Cells by rising resolution, CRF whole numbers on the scale. A resolution without a curve gets the
    ///   two cells a fit needs.
    package func challengers(
        for rung: LadderRung, offered: [LadderResolution] = [], limits: ChallengeLimits = .init()
    ) -> [ProbeCell] {
        let sizes = Set(model.resolutions + offered).sorted()
        guard let own = sizes.firstIndex(of: rung.resolution) else { return [] }
        let rivals = sizes[max(0, own - limits.neighbours)...min(sizes.count - 1, own + limits.neighbours)]
        return rivals.flatMap { size -> [ProbeCell] in
            guard size == rung.resolution || canWin(size, against: rung, margin: limits.margin) else { return [] }
            return cells(at: size, bps: rung.bps, reference: rung.resolution, limits: limits)
        }
    }

    /// The cells for all rungs, each once, by rising resolution and CRF; of cells one CRF apart the finer stays.
    package func challengers(
        for rungs: [LadderRung], offered: [LadderResolution] = [], limits: ChallengeLimits = .init()
    ) -> [ProbeCell] {
        let all = rungs.flatMap { challengers(for: $0, offered: offered, limits: limits) }
        var kept: [ProbeCell] = []
        for cell in all.sorted(by: { ($0.resolution, $0.crf) < ($1.resolution, $1.crf) }) {
            if let last = kept.last, last.resolution == cell.resolution, cell.crf - last.crf <= 1 { continue }
            kept.append(cell)
        }
        return kept
    }

    /// False when the model, granted its error, says that `size` loses at the rung's bitrate.
    private func canWin(_ size: LadderResolution, against rung: LadderRung, margin: Double) -> Bool {
        guard let frontier = frontier(rung.style, at: size) else { return true }
        // Above its range a frontier's end is a lower bound of what the bits would buy: nothing can be said.
        if rung.bps > frontier.mostBps { return true }
        // Below its range its start is an upper bound.
        return (frontier.vmaf(bps: rung.bps) ?? frontier.leastVMAF) >= rung.vmaf - margin
    }

    private func cells(
        at size: LadderResolution, bps: Double, reference: LadderResolution, limits: ChallengeLimits
    ) -> [ProbeCell] {
        guard let crf = estimatedCRF(at: size, bps: bps, reference: reference) else { return [] }
        let scale = model.scale
        guard crf >= scale.minimum, crf <= scale.maximum else { return [] }
        guard model.titleCurve(at: size) != nil else {
            let pair = Set([crf - limits.nearCRF, crf + limits.nearCRF].map { scale.nearest(to: $0.rounded()) })
            return pair.sorted().map { ProbeCell(resolution: size, crf: $0) }
        }
        guard model.probedShare(at: size, crf: crf, distance: limits.nearCRF) < limits.share else { return [] }
        return [ProbeCell(resolution: size, crf: scale.nearest(to: crf.rounded()))]
    }

    /// Where on `size` the title would have `bps`; from the reference's curve when `size` has none.
    private func estimatedCRF(at size: LadderResolution, bps: Double, reference: LadderResolution) -> Double? {
        if let curve = model.titleCurve(at: size) { return curve.extrapolatedCRF(bps: bps) }
        // At one CRF bits grow with about the 0.75th power of the samples.
        let ratio = Double(size.pixels) / Double(reference.pixels)
        return model.titleCurve(at: reference)?.extrapolatedCRF(bps: bps / pow(ratio, 0.75))
    }
}
