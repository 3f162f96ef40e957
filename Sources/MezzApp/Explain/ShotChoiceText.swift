import MezzCore
import MezzPipeline

/// A shot's encode in one rung, with the reasons.
struct ShotChoiceText {
    let rung: ExplainedRung
    let shot: ExplainedShot

    var text: String {
        ([RungWords.heading(rung), RungWords.size(rung), choice] + correction + outcome + slopes)
            .joined(separator: "\n")
    }

    private var choice: String {
        guard shot.crf != nil else { return "no CRF because \(shot.reason.clause)" }
        return "CRF \(Amount.crf(shot.chosenCRF)) because \(shot.reason.clause)"
    }

    private var correction: [String] {
        guard shot.isCorrected else { return [] }
        return [
            "encoded at CRF \(Amount.crf(shot.crf)): at \(Amount.crf(shot.chosenCRF)) what was measured missed the promise"
        ]
    }

    private var outcome: [String] {
        let expected = shot.predicted.map { "predicted \(Amount.kbps($0.bps)) kbps, VMAF \(Amount.vmaf($0.vmaf))" }
        let found = shot.delivered.map { found in
            "measured \(Amount.kbps(found.bps)) kbps (\(Amount.percent(found.bps, from: shot.predicted?.bps))), "
                + "VMAF \(Amount.vmaf(found.vmaf)) (\(Amount.difference(found.vmaf, from: shot.predicted?.vmaf)))"
        }
        let parts = [expected, found].compactMap(\.self)
        return parts.isEmpty ? [] : ["  " + parts.joined(separator: "; ")]
    }

    private var slopes: [String] {
        guard let slopes = shot.slopes else { return [] }
        return [
            "  VMAF of the title for one more Mbit/s of its mean, spent here: "
                + "the last step bought \(Amount.slope(slopes.lastStep)), the next would buy "
                + "\(Amount.slope(slopes.nextStep)); the title's slope is \(Amount.slope(slopes.title))",
            "  the shot's own curve: \(Amount.slope(slopes.curve)) VMAF per Mbit/s",
        ]
    }
}
