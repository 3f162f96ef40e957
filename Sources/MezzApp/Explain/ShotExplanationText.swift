import MezzCore
import MezzPipeline

/// One shot in detail: its trial encodes, then each rung.
struct ShotExplanationText {
    /// Of this shot alone.
    let explanation: LadderExplanation
    let shot: Report.Shot

    var text: String {
        let codecs = explanation.codecs.flatMap { codec in
            [codec.trials.first.map { trials($0, codec.codec) } ?? "\(codec.codec.rawValue): no trial encodes"]
                + codec.rungs.compactMap { rung in rung.shots.first.map { ShotChoiceText(rung: rung, shot: $0).text } }
        }
        return (["shot \(shot.number), frames \(shot.firstFrame) to \(shot.endFrame - 1)"] + codecs)
            .joined(separator: "\n\n")
    }

    private func trials(_ trials: ExplainedTrials, _ codec: CodecFamily) -> String {
        guard !trials.points.isEmpty else { return "\(codec.rawValue): the shot was not tried itself" }
        let origin = trials.standIn.map { " of shot \($0 + 1), which stands for it" } ?? ""
        let hasWindows = trials.points.contains { $0.wholeCRF != $0.crf }
        let rows = trials.points.map { point in
            [point.size.description, Amount.crf(point.crf)] + (hasWindows ? [Amount.crf(point.wholeCRF)] : []) + [
                Amount.kbps(point.measured.bps),
                Amount.vmaf(point.measured.vmaf), Amount.kbps(point.fitted?.bps), Amount.vmaf(point.fitted?.vmaf),
                Amount.percent(point.fitted?.bps, from: point.measured.bps),
                Amount.difference(point.fitted?.vmaf, from: point.measured.vmaf),
            ]
        }
        let table = TextTable(
            header: ["size", "CRF"] + (hasWindows ? ["like CRF"] : []) + [
                "kbps", "VMAF", "curve kbps", "curve VMAF", "kbps error", "VMAF error",
            ],
            rows: rows, leftAligned: 1)
        let notes =
            (hasWindows ? ["a window was tried: the whole shot would come out like it at the CRF beside"] : [])
            + (trials.borrowing.isEmpty
                ? []
                : ["past their own trials these sizes follow another size's curve: \(Self.list(trials.borrowing))"])
        return (["\(codec.rawValue): trial encodes\(origin) and the curves through them", table.text] + notes)
            .joined(separator: "\n")
    }

    private static func list(_ sizes: [Resolution]) -> String { sizes.map(\.description).joined(separator: ", ") }
}
