import MezzCore
import MezzFormats
import MezzPackaging
import MezzQC
import MezzText

/// The report of a package of finished encodes: nothing of how they were made is known.
struct PackageReport {
    let tracks: EncodedTracks
    let texts: [(plan: TextTrackPlan, result: TextDelivery.Result)]
    let segments: [String: [PackagedSegment]]
    let streams: [StreamSummary]
    let findings: [Finding]
    /// The first file, which the report names as the source.
    let input: String
    let bytes: Int
    let seconds: (wall: Double, cpu: Double)
    let protection: Protection?

    var report: Report {
        get throws {
            let first = tracks.rungs[0]
            let stream = streams.first { $0.name == first.id }
            return Report(
                source: Report.Source(
                    path: input, sha256: try ContentHash.ofFile(input).hex,
                    bytes: try FileBytes(input, followsLinks: true).count,
                    durationSeconds: tracks.expectation.videoSeconds, frames: first.frames, size: first.size,
                    frameRate: first.frameRate, pixelFormat: "unknown",
                    color: ColorDescription(primaries: nil, transfer: nil, matrix: nil, range: nil),
                    hdr: stream.flatMap(Self.hdr)),
                shots: [],
                ladder: Report.Ladder(mode: "packaged", metric: "none", rungs: tracks.rungs.map(rung), points: []),
                audio: tracks.sounds.map(audio), text: texts.map(text),
                qc: Report.QC(
                    passed: !findings.contains { $0.severity == .error },
                    findings: findings.sorted { $0.severity > $1.severity }),
                cost: Report.Cost(
                    wallSeconds: seconds.wall, cpuSeconds: seconds.cpu, stages: [], trialEncodes: 0, reused: 0),
                packageBytes: bytes, protection: protection.map(Report.Protection.init))
        }
    }

    private static func hdr(_ stream: StreamSummary) -> Report.HDR? {
        stream.range == "SDR"
            ? nil : Report.HDR(format: stream.range, masteringDisplay: nil, maxCLL: nil, maxFALL: nil)
    }

    private func rung(_ rung: EncodedTracks.Rung) -> Report.Rung {
        let own = segments[rung.id] ?? []
        let stream = streams.first { $0.name == rung.id }
        let seconds = max(rung.frameRate.seconds(ofFrame: rung.frames), 0.001)
        let average = Double(own.reduce(0) { $0 + $1.bytes }) * 8 / seconds
        let peak = own.map { Double($0.bytes) * 8 / max($0.durationSeconds, 0.001) }.max() ?? average
        return Report.Rung(
            id: rung.id, codec: rung.codec, profile: stream?.profile ?? "", level: stream?.level ?? "", size: rung.size,
            bitDepth: stream?.bitDepth ?? 8, averageBPS: Int(average.rounded()), peakBPS: Int(peak.rounded()),
            frames: rung.frames,
            segments: own.map { segment in
                Report.Segment(
                    firstFrame: Int((segment.startSeconds * rung.frameRate.value).rounded()),
                    endFrame: Int(((segment.startSeconds + segment.durationSeconds) * rung.frameRate.value).rounded()),
                    bytes: segment.bytes)
            }, frameRate: rung.frameRate)
    }

    private func audio(_ sound: EncodedTracks.Sound) -> Report.Audio {
        let seconds = max(tracks.expectation.videoSeconds, 0.001)
        return Report.Audio(
            id: sound.id, language: sound.language, codec: sound.codec, channels: sound.channels,
            bps: Int((Double(sound.bytes) * 8 / seconds).rounded()), loudness: nil, name: sound.name, role: sound.role)
    }

    private func text(_ text: (plan: TextTrackPlan, result: TextDelivery.Result)) -> Report.Text {
        Report.Text(
            id: text.plan.id, language: text.plan.wish.language, format: "webvtt", name: text.plan.name,
            kind: text.plan.wish.kind.rawValue, cues: text.result.cues, sourceFormat: text.result.format.rawValue)
    }
}
