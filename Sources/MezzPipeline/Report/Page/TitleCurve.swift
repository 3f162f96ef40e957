import Foundation
import MezzCore

/// Rate and quality of the whole title, for one codec.
struct TitleCurve {
    struct Place: Equatable {
        let bps: Double
        let vmaf: Double
    }

    let size: Resolution
    let places: [Place]

    /// The whole title at constant CRF and one picture size, from the trial encodes of its shots: between two trial
    /// encodes ln(bitrate) and ln(101 − VMAF) are taken as linear in CRF. `nil` when a shot has too few of them.
    init?(size: Resolution, points: [Report.Point], shots: [Report.Shot]) {
        var byShot: [Int: [Sample]] = [:]
        for point in points where point.size == size && point.bps > 0 {
            guard let vmaf = point.vmaf, vmaf.isFinite, point.crf.isFinite else { continue }
            byShot[point.shot, default: []].append(
                Sample(
                    crf: point.crf, isMeasured: point.measured, logRate: log(Double(point.bps)),
                    logLoss: log(max(101 - vmaf, 0.1))))
        }
        let used = shots.filter { $0.frameCount > 0 }
        let curves = used.compactMap { shot in
            byShot[shot.index].map { (weight: Double(shot.frameCount), samples: Self.tidied($0)) }
        }
        guard !used.isEmpty, curves.count == used.count else { return nil }
        let low = curves.compactMap(\.samples.first?.crf).max() ?? 0
        let high = curves.compactMap(\.samples.last?.crf).min() ?? 0
        guard low < high else { return nil }
        let weight = curves.reduce(0) { $0 + $1.weight }
        places = (0...Self.steps).map { step in
            let crf = low + (high - low) * Double(step) / Double(Self.steps)
            var (rate, quality) = (0.0, 0.0)
            for curve in curves {
                let sample = Self.interpolated(curve.samples, at: crf)
                rate += curve.weight * exp(sample.logRate)
                quality += curve.weight * (101 - exp(sample.logLoss))
            }
            return Place(bps: rate / weight, vmaf: min(quality / weight, 100))
        }
        self.size = size
    }

    /// The upper convex hull of places, in order of bitrate, as far as quality rises.
    static func hull(of places: [Place]) -> [Place] {
        var hull: [Place] = []
        for place in places.sorted(by: { ($0.bps, $1.vmaf) < ($1.bps, $0.vmaf) }) {
            if let last = hull.last, place.vmaf <= last.vmaf { continue }
            while hull.count > 1, turnsUp(hull[hull.count - 2], hull[hull.count - 1], place) { hull.removeLast() }
            hull.append(place)
        }
        return hull
    }

    private static let steps = 16

    private struct Sample {
        let crf: Double
        let isMeasured: Bool
        let logRate: Double
        let logLoss: Double
    }

    /// By CRF, one for each: what was measured goes before what was predicted.
    private static func tidied(_ samples: [Sample]) -> [Sample] {
        samples.sorted { ($0.crf, $0.isMeasured ? 0 : 1, $0.logRate) < ($1.crf, $1.isMeasured ? 0 : 1, $1.logRate) }
            .reduce(into: []) { result, sample in
                if result.last?.crf != sample.crf { result.append(sample) }
            }
    }

    private static func interpolated(_ samples: [Sample], at crf: Double) -> Sample {
        let end = samples.firstIndex { $0.crf >= crf } ?? samples.count - 1
        let (right, left) = (samples[end], samples[max(end - 1, 0)])
        guard right.crf > left.crf else { return right }
        let share = min(max((crf - left.crf) / (right.crf - left.crf), 0), 1)
        return Sample(
            crf: crf, isMeasured: false, logRate: left.logRate + (right.logRate - left.logRate) * share,
            logLoss: left.logLoss + (right.logLoss - left.logLoss) * share)
    }

    private static func turnsUp(_ a: Place, _ b: Place, _ c: Place) -> Bool {
        (b.bps - a.bps) * (c.vmaf - a.vmaf) >= (c.bps - a.bps) * (b.vmaf - a.vmaf)
    }
}
