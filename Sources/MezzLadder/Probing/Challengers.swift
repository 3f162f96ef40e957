import Foundation

/// The cells that should be probed before a ladder's resolutions can be trusted.
///
/// A rung must not take a resolution that was never compared at its bitrate: in published replays ladders without
/// such challenger probes lost up to 35%, with them under 2%. They are chosen shot by shot: where a shot would stand on
/// the rung's own size, and on the neighbouring sizes that might win, at the rung's bitrate.
extension LadderBuilder {
    /// Limits within which a comparison counts as made.
    package struct ChallengeLimits: Hashable, Codable, Sendable {
        /// A probe this near in CRF measures the bitrate in question; 5 is a factor of 1.8 in x264's bits.
        package let nearCRF: Double
        /// Between two probes no further apart than this the fit is trusted.
        package let bracketCRF: Double
        /// How far past the outermost probe, at least, one is made that widens what the curve answers for.
        package let stepCRF: Double
        /// A competitor predicted to lose by more VMAF than this is not probed: in replay rungs were predicted
        /// within 0.6.
        package let margin: Double
        /// How many resolutions to each side of the rung's own compete: one contained the optimum within 0.15%.
        package let neighbours: Int

        /// Limits with the project's defaults, chosen by replay on the recorded grids.
        package init(
            nearCRF: Double = 5, bracketCRF: Double = 11, stepCRF: Double = 3, margin: Double = 0.7,
            neighbours: Int = 1
        ) {
            self.nearCRF = nearCRF
            self.bracketCRF = bracketCRF
            self.stepCRF = stepCRF
            self.margin = margin
            self.neighbours = neighbours
        }

        /// The defaults, found for x264's useful range of 28 CRF, for an encoder whose range is `stretch` times as wide.
        package init(stretch: Double) {
            let usual = ChallengeLimits()
            self.init(
                nearCRF: usual.nearCRF * stretch, bracketCRF: usual.bracketCRF * stretch,
                stepCRF: usual.stepCRF * stretch)
        }
    }

    /// The cells to probe, by shot index, before the resolutions of `rungs` can be trusted; empty when they can.
    ///
    /// - Parameters:
    ///   - rungs: Rungs of a ladder this builder made.
    ///   - limits: When a comparison counts as made.
    /// - Returns: For each shot that needs any its cells by rising resolution and CRF, whole numbers on the scale; of
    ///   cells 2 CRF apart or less the finer stays.
    package func challengers(for rungs: [LadderRung], limits: ChallengeLimits = .init()) -> [Int: [ProbeCell]] {
        var wanted: [Int: Set<ProbeCell>] = [:]
        for rung in rungs {
            for (shot, cells) in challengers(for: rung, limits: limits) { wanted[shot, default: []].formUnion(cells) }
        }
        if let top = rungs.first {
            for (shot, cell) in reach(of: top) { wanted[shot, default: []].insert(cell) }
        }
        return wanted.mapValues(Self.thinned)
    }

    private func challengers(for rung: LadderRung, limits: ChallengeLimits) -> [Int: [ProbeCell]] {
        let sizes = model.resolutions
        guard let own = sizes.firstIndex(of: rung.resolution) else { return [:] }
        var wanted: [Int: [ProbeCell]] = [:]
        for size in sizes[max(0, own - limits.neighbours)...min(sizes.count - 1, own + limits.neighbours)] {
            let lead = size == rung.resolution ? 0 : self.lead(of: rung, over: size)
            guard lead <= limits.margin else { continue }
            for shot in places(of: rung, at: size) {
                guard needsProbe(shot, at: size, limits: limits) else { continue }
                wanted[shot.index, default: []].append(
                    ProbeCell(resolution: size, crf: probe(for: shot, at: size, limits: limits)))
            }
        }
        return wanted
    }

    /// Finer cells where the top rung stopped short of the wanted quality only because nothing finer was probed.
    private func reach(of top: LadderRung) -> [Int: ProbeCell] {
        guard let size = model.resolutions.last, let frontier = frontier(top.style, at: size),
            frontier.bestVMAF < rules.topVMAF, frontier.mostBps < rules.cap(height: size.height)
        else { return [:] }
        var cells: [Int: ProbeCell] = [:]
        for shot in model.shots {
            guard let curve = model.curve(shot: shot.index, resolution: size) else { continue }
            let finest = curve.probedRange.lowerBound
            let slope = min(curve.vmafSlope(at: finest), Self.flattestQuality)
            let missing = rules.topVMAF - curve.vmaf(at: finest)
            guard missing > 0, finest > model.scale.minimum else { continue }
            let crf = finest - min(max(missing / -slope, 3), 8)
            cells[shot.index] = ProbeCell(resolution: size, crf: model.scale.nearest(to: crf.rounded()))
        }
        return cells
    }

    /// VMAF lost per CRF, at least, where the curve is not yet flat.
    private static let flattestQuality = -0.3

    /// VMAF by which the model says that the rung beats `size` at the rung's bitrate.
    private func lead(of rung: LadderRung, over size: LadderResolution) -> Double {
        guard let frontier = frontier(rung.style, at: size) else { return 0 }
        // Above its range a frontier's end is a lower bound of what the bits would buy: nothing can be said.
        if rung.bps > frontier.mostBps { return 0 }
        return rung.vmaf - (frontier.vmaf(bps: rung.bps) ?? frontier.boundedVMAF(bps: rung.bps))
    }

    private struct Place {
        let index: Int
        /// May lie outside the range that was probed.
        let crf: Double
    }

    /// Where each shot would stand at `size` if the title had the rung's bitrate.
    private func places(of rung: LadderRung, at size: LadderResolution) -> [Place] {
        if size == rung.resolution, abs(log(rung.bps / max(rung.targetBps ?? rung.bps, 1))) < Self.miss {
            return rung.shots.map { Place(index: $0.index, crf: $0.crf) }
        }
        let bps = rung.targetBps ?? rung.bps
        guard let allocation = model.allocate(rung.style, at: size, for: .bps(bps)) else { return [] }
        // Where the range ends first, the rest of the way is guessed from the usual slope: good for placing a probe.
        let distance = log(bps / allocation.bps)
        let shift = abs(distance) > Self.miss ? distance / CRFCorrection.typicalSlope : 0
        return allocation.shots.map { Place(index: $0.index, crf: $0.crf + shift) }
    }

    /// Relative miss of a bitrate that quantisation of CRFs explains.
    private static let miss = 0.05

    private func needsProbe(_ place: Place, at size: LadderResolution, limits: ChallengeLimits) -> Bool {
        let scale = model.scale
        guard place.crf >= scale.minimum - 0.5, place.crf <= scale.maximum + 0.5 else { return false }
        guard let range = model.curve(shot: place.index, resolution: size)?.crfRange,
            place.crf >= range.lowerBound - 0.5, place.crf <= range.upperBound + 0.5
        else { return true }
        let crfs = model.probedCRFs(shot: place.index, resolution: size)
        let nearest = crfs.map { abs($0 - place.crf) }.min() ?? .infinity
        guard let below = crfs.last(where: { $0 <= place.crf }), let above = crfs.first(where: { $0 >= place.crf })
        else { return nearest > limits.nearCRF }
        // Between its own probes a curve follows no sibling: two that are far apart say little of what lies between.
        return above - below > limits.bracketCRF && nearest > limits.stepCRF
    }

    /// The CRF to probe for a place: past the probes far enough to widen what the curve answers for.
    private func probe(for place: Place, at size: LadderResolution, limits: ChallengeLimits) -> Double {
        let crfs = model.probedCRFs(shot: place.index, resolution: size)
        var crf = place.crf
        if let finest = crfs.first, crf < finest { crf = min(crf, finest - limits.stepCRF) }
        if let coarsest = crfs.last, crf > coarsest { crf = max(crf, coarsest + limits.stepCRF) }
        return model.scale.nearest(to: crf.rounded())
    }

    private static func thinned(_ cells: Set<ProbeCell>) -> [ProbeCell] {
        var kept: [ProbeCell] = []
        for cell in cells.sorted(by: { ($0.resolution, $0.crf) < ($1.resolution, $1.crf) }) {
            if let last = kept.last, last.resolution == cell.resolution, cell.crf - last.crf <= 2 { continue }
            kept.append(cell)
        }
        return kept
    }
}
