import Foundation
import MezzCore
import MezzLadder
import MezzPipeline

/// A title whose shots follow known curves, its ladder, and the report that tells of it.
struct SyntheticReport {
    var mode = "per-shot"
    var shotCount = 8
    var codec = CodecFamily.avc
    var sizes = [Resolution(width: 1280, height: 720), Resolution(width: 640, height: 360)]
    /// Shots whose trials another one, the next, stands for.
    var untried: Set<Int> = []
    var hasHarmonicMeans = true
    var isEncoded = false
    /// How far the quality gate moved the first shot.
    var correction = 0.0

    static let crfs = [20.0, 26, 32, 38]

    private func frames(_ shot: Int) -> Int { 24 + 17 * shot % 60 }

    /// Bits halve every 6 CRF; loss rises with CRF, with scaling, and differently in every shot.
    func probes(_ shot: Int) -> [ProbePoint] {
        let source = untried.contains(shot) ? shot + 1 : shot
        let (rate, loss) = (exp(14 + 0.3 * Double(source * 5 % 7)), 3 + Double(source * 3 % 8))
        return sizes.flatMap { size in
            Self.crfs.map { crf in
                let scale = Double(size.pixels) / 921_600
                let vmaf = 101 - 9 * log2(1 / scale) / 2 - loss * exp(0.09 * (crf - 28))
                return ProbePoint(
                    resolution: LadderResolution(width: size.width, height: size.height), crf: crf,
                    bps: (rate * pow(scale, 0.75) * exp2((28 - crf) / 6)).rounded(),
                    vmaf: (vmaf * 1000).rounded() / 1000, frames: 48)
            }
        }
    }

    var builder: LadderBuilder {
        LadderBuilder(
            shots: (0..<shotCount).map { ShotProbes(index: $0, frames: frames($0), points: probes($0)) }, scale: .x26x)
    }

    var rungs: [LadderRung] { builder.build(mode == "per-shot" ? .perShot : .perTitle) }

    func report() -> Report {
        Report(
            source: Report.Source(
                path: "/title.mov", sha256: "", bytes: 1, durationSeconds: 10, frames: 240, size: sizes[0],
                frameRate: Rational(24), pixelFormat: "yuv420p", color: ColorDescription()),
            shots: shots,
            ladder: Report.Ladder(
                mode: mode, metric: "vmaf_v0.6.1", rungs: rungs.enumerated().map(rung), points: points),
            audio: [], text: [], qc: Report.QC(passed: true, findings: []),
            cost: Report.Cost(wallSeconds: 1, cpuSeconds: 1, stages: [], trialEncodes: 1, reused: 0))
    }

    private var shots: [Report.Shot] {
        var first = 0
        return (0..<shotCount).map { index in
            defer { first += frames(index) }
            let range = FrameRange(first: first, end: first + frames(index))
            return Report.Shot(
                Shot(index: index, frames: range, transition: index == 0 ? .start : .cut, confidence: 1),
                frameRate: Rational(24), standIn: untried.contains(index) ? index + 1 : nil)
        }
    }

    private var points: [Report.Point] {
        (0..<shotCount).filter { !untried.contains($0) }.flatMap { shot in
            probes(shot).map { point in
                Report.Point(
                    codec: codec, shot: shot,
                    size: Resolution(width: point.resolution.width, height: point.resolution.height), crf: point.crf,
                    preset: "medium", bps: Int(point.bps), vmaf: point.vmaf + (hasHarmonicMeans ? 0.5 : 0),
                    vmafHarmonic: hasHarmonicMeans ? point.vmaf : nil, measured: true)
            }
        }
    }

    private func rung(_ number: Int, _ rung: LadderRung) -> Report.Rung {
        let hasCRF = mode != "category"
        return Report.Rung(
            id: "\(codec.rawValue)-\(number)", codec: codec, profile: "", level: "4.0",
            size: Resolution(width: rung.resolution.width, height: rung.resolution.height), bitDepth: 8,
            targetVMAF: rung.targetVMAF, averageBPS: Int(rung.bps), peakBPS: 0, frames: 240,
            quality: isEncoded
                ? Report.Quality(
                    model: "vmaf_v0.6.1", mean: rung.vmaf + 1, harmonicMean: rung.vmaf + 0.5, p5: 50, min: 40) : nil,
            shots: rung.shots.map { shot in
                let moved = shot.index == 0 ? correction : 0
                return Report.RungShot(
                    index: shot.index, crf: hasCRF ? shot.crf - moved : nil, plannedCRF: hasCRF ? shot.crf : nil,
                    bps: Int(shot.bps * 1.05), vmaf: shot.vmaf + 1, vmafHarmonic: shot.vmaf + 0.5)
            }, predictedVMAF: hasCRF ? rung.vmaf : nil, predictedBPS: Int(rung.bps))
    }
}
