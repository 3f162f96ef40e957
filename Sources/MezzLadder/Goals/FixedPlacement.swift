/// Takes the rungs somebody prescribed, as far as the limits allow.
struct FixedPlacement {
    let model: TitleModel
    let rules: LadderRules

    /// The prescribed rungs in their order, at the CRFs whose bitrates are nearest.
    ///
    /// A rung whose height was not measured is left out. Rungs are never changed: one outside the limits of the
    /// bitrate is dropped, and from a ladder above the storage budget the dearest are.
    func result(_ asked: [FixedRung]) throws(LadderError) -> LadderResult {
        let measured = asked.compactMap(rung)
        var (rungs, notes): ([LadderRung], [String]) = ([], [])
        for rung in measured {
            if isWithinLimits(rung.bps) {
                rungs.append(rung)
            } else {
                notes.append("\(name(rung)) is dropped: it lies outside the limits of the bitrate")
            }
        }
        if let storage = rules.storage { notes += drop(from: &rungs, to: storage) }
        if rungs.isEmpty, !measured.isEmpty { throw .noRungLeft(notes) }
        return LadderResult(rungs: rungs, notes: notes)
    }

    private func rung(_ asked: FixedRung) -> LadderRung? {
        // The largest picture of that height: letterboxed variants are narrower in bits, not in promise.
        guard let resolution = model.resolutions.last(where: { $0.height == asked.height }),
            let allocation = model.allocateUniform(at: resolution, nearestBps: asked.bps)
        else { return nil }
        return LadderRung(resolution: resolution, targetBps: asked.bps, style: .uniform, allocation: allocation)
    }

    private func isWithinLimits(_ bps: Double) -> Bool {
        rules.reachesMinimum(bps) && bps <= rules.maximumBps ?? .infinity
    }

    private func drop(from rungs: inout [LadderRung], to storage: StorageBudget) -> [String] {
        var notes: [String] = []
        while rungs.reduce(0, { $0 + $1.bps }) > storage.totalBps,
            let dearest = rungs.indices.max(by: { rungs[$0].bps < rungs[$1].bps })
        {
            notes.append("\(name(rungs[dearest])) is dropped: the ladder exceeds its storage budget")
            rungs.remove(at: dearest)
        }
        return notes
    }

    private func name(_ rung: LadderRung) -> String { "\(rung.resolution.height)p at \(kbps(rung.bps))" }
}
