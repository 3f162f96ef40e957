/// Adds rungs for sessions that may not be sent more than a certain height: a small window, a data saver, a screen.
///
/// On the hull of all sizes a small picture ends where a larger one becomes better. A session that is not allowed the
/// larger one would stay there however fast its network is. Published practice puts points of the small size under
/// the hull, at the bitrates of the rungs that are denied to it.
struct LimitedSessions {
    let placement: RungPlacement
    let solver: RungSolver

    /// The extra rungs for sessions of at most `height` rows, to be added to `rungs`.
    ///
    /// At the bitrate of each taller rung, from the cheapest up, a rung is added when it gives more than a step more
    /// than the best these sessions have so far.
    func extras(height: Int, beside rungs: [LadderRung]) -> [LadderRung] {
        let choices = placement.frontiers.filter { $0.resolution.height <= height }
        let allowed = rungs.filter { $0.resolution.height <= height }
        var best = allowed.map(\.vmaf).max() ?? -.infinity
        let spent = allowed.map(\.bps).max() ?? 0
        let denied = rungs.filter { $0.resolution.height > height && $0.bps > spent }
        var extras: [LadderRung] = []
        for taller in denied.sorted(by: { $0.bps < $1.bps }) {
            guard let spot = placement.spot(budget: taller.bps, among: choices),
                spot.vmaf > best + placement.rules.stepVMAF, spot.vmaf <= placement.ceiling,
                let rung = solver.rung(at: spot), rung.vmaf > best, rung.vmaf < taller.vmaf
            else { continue }
            extras.append(rung)
            best = rung.vmaf
        }
        return extras
    }
}
