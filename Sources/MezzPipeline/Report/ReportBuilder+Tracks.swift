import MezzAudio
import MezzCore
import MezzWorkflow

extension ReportBuilder {
    func audio(_ plan: TitlePlan) throws -> [Report.Audio] {
        try plan.audio.map { track in
            let done: AudioStage.Output = try results.output(of: TaskName.audio(track.id))
            let (loudness, seconds) = (done.encoded.delivered, max(done.recipe.seconds, 0.001))
            let bytes = try results.artifacts(of: TaskName.audio(track.id)).reduce(0) { $0 + $1.bytes }
            return Report.Audio(
                id: track.id, language: track.language, codec: done.encoded.codec,
                channels: done.recipe.layout.channels,
                bps: done.recipe.bitsPerSecond > 0
                    ? done.recipe.bitsPerSecond : Int((Double(bytes) * 8 / seconds).rounded()),
                loudness: Report.Loudness(
                    integratedLKFS: loudness.integrated, dialogueLKFS: loudness.dialogue?.integrated,
                    truePeakDBTP: loudness.truePeak, rangeLU: loudness.range, gainDB: done.encoded.gain,
                    sourceIntegratedLKFS: done.encoded.source.integrated,
                    sourceTruePeakDBTP: done.encoded.source.truePeak),
                name: track.name, role: track.role, encoder: done.encoded.encoder, isLimited: done.encoded.isLimited)
        }
    }

    func text(_ plan: TitlePlan) throws -> [Report.Text] {
        try plan.text.map { track in
            let done: TextStage.Output = try results.output(of: TaskName.text(track.id))
            return Report.Text(
                id: track.id, language: track.wish.language, format: "webvtt", name: track.name,
                kind: track.wish.kind.rawValue, cues: done.cues, sourceFormat: done.format)
        }
    }
}
