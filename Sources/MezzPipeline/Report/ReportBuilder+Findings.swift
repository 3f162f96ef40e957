import MezzAudio
import MezzCore
import MezzEncode
import MezzWorkflow

extension ReportBuilder {
    func qc(
        _ info: SourceInfo, _ index: IndexStage.Output, _ gate: GateStage.Output, _ plan: TitlePlan
    ) throws -> Report.QC {
        let audio = try plan.audio.flatMap { track -> [Finding] in
            let done: AudioStage.Output = try results.output(of: TaskName.audio(track.id))
            return done.encoded.findings
        }
        let verified = try results.outputs(ofKind: VerifyStage.kind, as: [Finding].self).flatMap(\.value)
        let findings = try planFindings(info, index, plan) + gate.findings + audio + verified
        return Report.QC(
            passed: !findings.contains { $0.severity == .error },
            findings: findings.sorted { $0.severity > $1.severity })
    }

    /// What is known before anything is encoded for delivery.
    func planFindings(_ info: SourceInfo, _ index: IndexStage.Output, _ plan: TitlePlan) throws -> [Finding] {
        info.findings + index.findings + metricFindings(info, plan) + toneMapFindings(plan)
            + hdr10PlusFindings(info, plan) + (try ladderFindings())
    }

    /// Which codecs carry the metadata, and which do without.
    private func hdr10PlusFindings(_ info: SourceInfo, _ plan: TitlePlan) -> [Finding] {
        let isOffered = plan.carriesHDR10Plus || info.carriesHDR10Plus && spec.hdr10Plus == .source
        guard isOffered else { return [] }
        let taking = plan.codecs.filter { plan.carriesHDR10Plus && $0.base.takesHDR10Plus }.map(\.codec.rawValue)
        let others = plan.codecs.map(\.codec.rawValue).filter { !taking.contains($0) }
        guard !taking.isEmpty else {
            return [
                Finding(
                    "ladder.hdr10plus-lost", .warning, "the source carries HDR10+ metadata, and no rung does",
                    remedy: "ask for --codec hevc in 10 bit, or for --hdr10plus none")
            ]
        }
        let rest = others.isEmpty ? "" : "; \(others.joined(separator: " and ")) is without"
        return [
            Finding(
                "ladder.hdr10plus", .info,
                "the \(taking.joined(separator: " and ")) rungs carry HDR10+ metadata" + rest,
                remedy: "nothing; --hdr10plus none leaves them out")
        ]
    }

    private func ladderFindings() throws -> [Finding] {
        try ladders().flatMap(\.notes).map {
            Finding("ladder.goal", .info, $0, remedy: "nothing, unless another ladder was expected")
        }
    }

    /// That codecs get a picture in standard dynamic range is never passed over in silence.
    private func toneMapFindings(_ plan: TitlePlan) -> [Finding] {
        plan.codecs.compactMap { codec in
            codec.base.toneMap.map { map in
                Finding(
                    "ladder.tone-mapped", .warning,
                    "the \(codec.codec.rawValue) rungs are SDR, tone-mapped from the \(map.name) master (peak \(map.peak) cd/m²); "
                        + "their quality is measured against the tone-mapped picture",
                    place: Finding.Place(stream: codec.codec.rawValue),
                    remedy: "look at them, or deliver an SDR master of its own; --codec leaves the codec out")
            }
        }
    }

    private func metricFindings(_ info: SourceInfo, _ plan: TitlePlan) -> [Finding] {
        guard plan.codecs.contains(where: { $0.base.color.isHighDynamicRange }) else { return [] }
        return [
            Finding(
                "quality.sdr-model", .warning,
                "VMAF's models are made for SDR; scores of this HDR title are indicative",
                remedy: "compare them with each other, not with SDR titles")
        ]
    }
}
