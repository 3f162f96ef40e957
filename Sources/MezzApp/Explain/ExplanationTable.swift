import MezzCore
import MezzPipeline

/// Every shot of every rung on a line.
struct ExplanationTable {
    let explanation: LadderExplanation

    var text: String {
        explanation.codecs.flatMap { codec in
            let standIns = Dictionary(codec.trials.map { ($0.index, $0.standIn) }) { first, _ in first }
            return codec.rungs.map { rung in
                let table = table(rung, standIns: standIns.compactMapValues { $0 })
                return ([RungWords.heading(rung), RungWords.size(rung)] + RungWords.slope(rung) + ["", table])
                    .joined(separator: "\n")
            }
        }.joined(separator: "\n\n")
    }

    private func table(_ rung: ExplainedRung, standIns: [Int: Int]) -> String {
        let isEncoded = rung.delivered != nil
        let measured = isEncoded ? ["measured"] : []
        let header = ["shot", "size", "CRF", "kbps"] + measured + ["VMAF"] + measured + ["next step", "because"]
        let rows = rung.shots.map { shot in
            let (expected, found) = (shot.predicted, isEncoded ? [shot.delivered] : [])
            return ["\(shot.index + 1)", rung.size.description, Amount.crf(shot.crf)]
                + [Amount.kbps(expected?.bps)] + found.map { Amount.kbps($0?.bps) }
                + [Amount.vmaf(expected?.vmaf)] + found.map { Amount.vmaf($0?.vmaf) }
                + [Amount.slope(shot.slopes?.nextStep), reason(shot, standIn: standIns[shot.index])]
        }
        return TextTable(header: header, rows: rows, leftAligned: 0, endsInText: true).text
    }

    private func reason(_ shot: ExplainedShot, standIn: Int?) -> String {
        var text = shot.reason.words
        if let standIn { text += ", by trials of shot \(standIn + 1)" }
        if shot.isCorrected { text += ", corrected from \(Amount.crf(shot.chosenCRF))" }
        return text
    }
}
