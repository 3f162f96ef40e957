import Foundation
import MezzCore
import MezzPipeline
import Testing

/// Reports of any size, made up but plausible, without chance.
struct SampleReport {
    var shots = 8
    var framesPerShot = 90
    var codecs: [CodecFamily] = [.avc, .hevc, .av1]
    var heights = [1080, 720, 540, 360, 234]
    var path = "/masters/sample.mov"
    var language = "en"
    var message = "The picture is black for 1.2 s."
    var hasSound = true
    var hasScores = true
    var passed = true
    var credits: [Credits] = []
    /// Put in place of every measured value.
    var broken: Double?

    var frames: Int { shots * framesPerShot }
    private var rate: Rational { Rational(24000, 1001) ?? Rational(24) }

    func report() -> Report {
        Report(
            source: Report.Source(
                path: path, sha256: String(repeating: "a", count: 64), bytes: 1_000_000, durationSeconds: seconds,
                frames: frames, size: Resolution(width: 1920, height: 1080), frameRate: rate,
                pixelFormat: "yuv422p10le", color: ColorDescription(primaries: "bt709")),
            shots: shotList, credits: credits.map { Report.Credits($0, frameRate: rate) }, ladder: ladder, audio: sound,
            text: hasSound ? [Report.Text(id: "text-en", language: language, format: "WebVTT")] : [],
            qc: Report.QC(passed: passed, findings: findings),
            cost: Report.Cost(
                wallSeconds: measured(60), cpuSeconds: measured(110),
                stages: [
                    Report.Stage(name: "probe", tasks: 40, cpuSeconds: 70, wallSeconds: 40, cached: 4),
                    Report.Stage(name: "encode", tasks: 10, cpuSeconds: 40, wallSeconds: 20, cached: 0),
                ], trialEncodes: 40, reused: 4),
            packageBytes: 12_000_000)
    }

    func extras(thumbnails: [Data] = []) -> ReportExtras {
        ReportExtras(title: path, thumbnails: thumbnails, frameScores: hasScores ? scores : [:])
    }

    func page() -> SamplePage { SamplePage(html: ReportPage(report(), extras: extras()).html()) }

    private var seconds: Double { rate.seconds(ofFrame: frames) }

    private func measured(_ value: Double) -> Double { broken ?? value }

    private func range(_ shot: Int) -> FrameRange {
        FrameRange(first: shot * framesPerShot, end: (shot + 1) * framesPerShot)
    }

    private var shotList: [Report.Shot] {
        (0..<shots).map { index in
            let opening: Transition = index == 0 ? .start : index % 7 == 0 ? .dissolve : .cut
            let shot = Shot(index: index, frames: range(index), transition: opening, confidence: measured(0.1 + 0.2))
            return Report.Shot(
                shot, frameRate: rate,
                complexity: Report.Complexity(spatial: measured(30.25), temporal: 4.5, grain: 0.1))
        }
    }

    private func size(_ height: Int) -> Resolution {
        Resolution(width: 1920, height: 1080).fitted(nominalHeight: height)
    }

    private var ladder: Report.Ladder {
        let rungs = codecs.flatMap { codec in heights.enumerated().map { rung(codec, position: $0, height: $1) } }
        var points: [Report.Point] = []
        for codec in codecs {
            for shot in 0..<shots {
                for height in heights { points += trials(codec, shot: shot, height: height) }
            }
        }
        return Report.Ladder(mode: "per-shot", metric: "vmaf_v0.6.1", rungs: rungs, points: points)
    }

    private func trials(_ codec: CodecFamily, shot: Int, height: Int) -> [Report.Point] {
        [19.0, 26, 33].map { crf in
            let rate = 2000 * Double(height) * exp(-0.12 * (crf - 23)) * (1 + 0.1 * Double(shot % 9))
            let vmaf = 99 - crf / 3 - Double(1080 - height) / 20
            return Report.Point(
                codec: codec, shot: shot, size: size(height), crf: crf, preset: "medium", bps: Int(rate),
                vmaf: measured(vmaf), measured: crf < 30)
        }
    }

    private func rung(_ codec: CodecFamily, position: Int, height: Int) -> Report.Rung {
        let quality = 95 - Double(position * 9)
        return Report.Rung(
            id: "\(codec.rawValue)-\(height)p-q\(position)", codec: codec, profile: "Main", level: "4.0",
            size: size(height), bitDepth: 8, targetVMAF: measured(quality), averageBPS: height * 3000,
            peakBPS: height * 5000, frames: frames,
            quality: Report.Quality(
                model: "vmaf_v0.6.1", mean: measured(quality + 0.1), harmonicMean: measured(quality),
                p5: measured(quality - 3), min: measured(quality - 8)),
            shots: (0..<shots).map {
                Report.RungShot(index: $0, crf: measured(24 + Double($0 % 5)), bps: 90_000, vmaf: measured(quality))
            },
            segments: (0..<shots).map {
                Report.Segment(firstFrame: range($0).first, endFrame: range($0).end, bytes: 50_000 + $0 % 11 * 1000)
            })
    }

    private var scores: [String: [Float]] {
        var scores: [String: [Float]] = [:]
        for rung in ladder.rungs {
            let mean = Float(rung.quality?.mean ?? 90)
            scores[rung.id] = (0..<frames).map { broken.map(Float.init) ?? mean - Float($0 % 24) / 10 }
        }
        return scores
    }

    private var sound: [Report.Audio] {
        guard hasSound else { return [] }
        return [
            Report.Audio(
                id: "audio-en", language: language, codec: "AAC-LC", channels: 2, bps: 128_000,
                loudness: Report.Loudness(
                    integratedLKFS: measured(-22.4), truePeakDBTP: -3.1, rangeLU: 11.3, gainDB: -1.6))
        ]
    }

    private var findings: [Finding] {
        guard hasSound else { return [] }
        return [
            Finding("video.black", .info, message, place: .init(frame: 12), remedy: "None."),
            Finding(
                "audio.start", passed ? .warning : .error, "Sound starts late.",
                place: .init(stream: "audio 1", seconds: measured(0.021)), remedy: "Check the master."),
        ]
    }
}

/// A rendered page that a failing expectation does not print.
struct SamplePage: Equatable, CustomTestStringConvertible {
    let html: String

    var testDescription: String { "a page of \(html.utf8.count) bytes" }

    func contains(_ text: String) -> Bool { html.contains(text) }

    func count(of text: String) -> Int { html.components(separatedBy: text).count - 1 }
}
