import MezzCore

/// The CRF of each shot in each rung: where the optimiser put the bits.
struct CRFSection {
    let context: PageContext

    /// More are left to `report.json`; whole rungs go first.
    private static let maximumCells = 16_000
    private static let maximumShots = 2000
    /// Cells that say why, at about 250 bytes each; in larger tables none does, and `mezz explain` answers.
    private static let maximumReasons = 2400

    var hasContent: Bool { context.report.ladder.rungs.contains { $0.shots.contains { $0.crf != nil } } }

    func markup() -> Markup {
        guard hasContent else { return "" }
        let rungs = shownRungs
        let isSmall = rungs.count * shots.count <= Self.maximumReasons
        let reasons = isSmall ? LadderExplanation(context.report).sentences() : nil
        let all = context.codecs.flatMap(\.rungs).count
        var note: Markup = """
            Colour tells how far a shot lies from its rung's mean CRF, weighted by frames: \
            <span class="crf dm3">lower, more bits</span> <span class="crf d0">mean</span> \
            <span class="crf dp3">higher, fewer bits</span>.
            """
        if reasons == nil { note += " <code>mezz explain</code> tells the reason for each." }
        if rungs.count < all {
            note += " \(rungs.count) of \(all) rungs are shown; the rest is in <code>report.json</code>."
        }
        if shots.count < context.report.shots.count {
            note += " The first \(Figures.count(shots.count)) shots are shown; the rest is in <code>report.json</code>."
        }
        let heads = shots.map { "<th>\($0.number)</th>" as Markup }
        let table: Markup = .table(
            "CRF by rung and shot", kind: "heat",
            head: """
                <tr><th rowspan="2">Rung</th><th rowspan="2">Mean</th>\
                <th colspan="\(shots.count)" class="left">Shot</th></tr>
                <tr>\(heads)</tr>
                """,
            rows: rungs.map { rung in row(rung, reasons: reasons.map { $0[rung.id] ?? [:] }) }.joined())
        guard shots.count > 60 else { return .section("crf", "CRF by shot", note: note, table) }
        return .section(
            "crf", "CRF by shot", note: note,
            "<details><summary>\(rungs.count) rungs × \(Figures.count(shots.count)) shots</summary>\(table)</details>")
    }

    private var shots: [Report.Shot] { Array(context.report.shots.prefix(Self.maximumShots)) }

    private var shownRungs: [Report.Rung] {
        let room = max(context.codecs.count, Self.maximumCells / max(shots.count, 1))
        let all = context.codecs.map { $0.rungs.map(\.rung) }
        // The best of every codec, then the second best of every codec, and so on.
        let byRank = all.flatMap { rungs in rungs.enumerated().map { (rank: $0.offset, rung: $0.element) } }
            .sorted { ($0.rank, $0.rung.codec.title) < ($1.rank, $1.rung.codec.title) }
        let kept = Set(byRank.prefix(room).map(\.rung.id))
        return all.flatMap { $0 }.filter { kept.contains($0.id) }
    }

    /// - Parameter reasons: By shot; `nil` leaves the cells without titles.
    private func row(_ rung: Report.Rung, reasons: [Int: String]?) -> Markup {
        let byShot = Dictionary(rung.shots.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        let mean = mean(byShot)
        let cells = shots.map { shot -> Markup in
            guard let entry = byShot[shot.index], let crf = entry.crf else { return "<td>\(Figures.none)</td>" }
            guard let reasons else { return "<td class=\"\(Self.shade(crf - mean))\">\(Figures.fixed(crf, 1))</td>" }
            let result = "\(Figures.kbps(entry.bps)) kbps, VMAF \(Figures.fixed(entry.vmaf, 1))"
            let why = reasons[shot.index].map { ". \($0)" } ?? ""
            return """
                <td class="\(Self.shade(crf - mean))" \
                title="shot \(shot.number): CRF \(Figures.fixed(crf, 2)), \(result)\(why)">\
                \(Figures.fixed(crf, 1))</td>
                """
        }
        return """
            <tr><th scope="row">\(context.mark(of: rung.size))<code>\(rung.id)</code></th>\
            <td class="mean">\(Figures.fixed(mean, 1))</td>\(cells)</tr>

            """
    }

    private func mean(_ entries: [Int: Report.RungShot]) -> Double {
        var (sum, frames) = (0.0, 0.0)
        for shot in context.report.shots {
            guard let crf = entries[shot.index]?.crf else { continue }
            sum += crf * Double(shot.frameCount)
            frames += Double(shot.frameCount)
        }
        return frames > 0 ? sum / frames : 0
    }

    /// dm4 (far below the mean) … d0 … dp4 (far above).
    private static func shade(_ difference: Double) -> String {
        let step =
            difference.magnitude < 0.5
            ? 0 : difference.magnitude < 1.5 ? 1 : difference.magnitude < 3 ? 2 : difference.magnitude < 5 ? 3 : 4
        return step == 0 ? "d0" : difference < 0 ? "dm\(step)" : "dp\(step)"
    }
}
