import MezzAudio
import MezzCore
import MezzEncode
import MezzMetrics
import MezzPackaging
import MezzWorkflow

extension ReportBuilder {
    func qc(
        _ info: SourceInfo, _ index: IndexStage.Output, _ gate: GateStage.Output, _ plan: TitlePlan
    ) throws -> Report.QC {
        let audio = try plan.audio.flatMap { track -> [Finding] in
            let done: AudioStage.Output = try results.output(of: TaskName.audio(track.id))
            return track.findings + done.encoded.findings
        }
        let text = try plan.text.flatMap { track -> [Finding] in
            let done: TextStage.Output = try results.output(of: TaskName.text(track.id))
            return done.findings
        }
        let verified = try [VerifyStage.kind, VerifyProtectionStage.kind].flatMap {
            try results.outputs(ofKind: $0, as: [Finding].self).flatMap(\.value)
        }
        let findings =
            try planFindings(info, index, plan) + grainFindings(plan) + protectionFindings() + gate.findings + audio
            + text + verified
        return Report.QC(
            passed: !findings.contains { $0.severity == .error },
            findings: findings.sorted { $0.severity > $1.severity })
    }

    /// What is known before anything is encoded for delivery.
    func planFindings(_ info: SourceInfo, _ index: IndexStage.Output, _ plan: TitlePlan) throws -> [Finding] {
        info.findings + index.findings + metricFindings(info, plan) + toneMapFindings(plan)
            + hdr10PlusFindings(info, plan) + (try ladderFindings())
    }

    /// FairPlay takes no cenc: nothing is said to it then.
    private func protectionFindings() -> [Finding] {
        guard let protection = spec.protection, protection.scheme == .cenc, protection.systems.contains(.fairplay)
        else { return [] }
        return [
            Finding(
                "package.fairplay", .warning, "FairPlay takes cbcs alone: the cenc package does not speak to it",
                remedy: "use the scheme cbcs, or leave fairplay out")
        ]
    }

    /// What the decoders put back, and how near that comes to what was taken out.
    private func grainFindings(_ plan: TitlePlan) throws -> [Finding] {
        guard let codec = plan.codecs.first(where: { $0.base.filmGrain != nil }), let grain = codec.base.filmGrain
        else { return [] }
        let place = Finding.Place(stream: codec.codec.rawValue)
        let measured = try results.outputs(ofKind: MeasureStage.kind, as: MeasureStage.Output.self)
            .compactMap(\.value.grain)
        let removed = measured.reduce(0) { $0 + $1.removed } / Double(max(measured.count, 1))
        let added = measured.reduce(0) { $0 + $1.synthesised } / Double(max(measured.count, 1))
        func text(_ value: Double) -> String { String(Double(Int((value * 100).rounded())) / 100) }
        let levels =
            measured.isEmpty
            ? "" : "; of \(text(removed)) code values (8 bit) that were taken out, \(text(added)) are put back"
        let told = Finding(
            "ladder.film-grain", .info,
            "the decoder adds film grain of level \(grain.level) (at \(grain.height) lines)\(levels); "
                + "quality is measured without grain",
            place: place, remedy: "look at the grain; --film-grain LEVEL sets another, off encodes it as it is")
        guard !measured.isEmpty, !Self.soundGrain.contains(added / max(removed, 0.01)) else { return [told] }
        return [
            told,
            Finding(
                "quality.film-grain", .warning,
                "the film grain that is put back (\(text(added))) is not as strong as what was taken out "
                    + "(\(text(removed)), code values of 8 bit)",
                place: place, remedy: "look at it; --film-grain LEVEL sets another level"),
        ]
    }

    /// Grain put back, as a share of what was taken out: what is taken out holds a little of the picture as well.
    private static let soundGrain = 0.5...1.25

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
                    remedy:
                        "ask for --codec hevc in 10 bit of a source with a constant frame rate, or for --hdr10plus none"
                )
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
