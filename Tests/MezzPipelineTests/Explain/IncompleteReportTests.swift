import Foundation
import MezzCore
import MezzLadder
import MezzPipeline
import Testing

@Suite("A report that tells less")
struct IncompleteReportTests {
    @Test("prescribed ladders say so")
    func prescribed() throws {
        let fixed = LadderExplanation(SyntheticReport(mode: "fixed").report()).codecs[0]
        #expect(fixed.rungs.allSatisfy { $0.sizeReason == .given && !$0.sizes.isEmpty })
        #expect(fixed.rungs.flatMap(\.shots).allSatisfy { $0.reason == .nearestBitrate && $0.slopes != nil })
        let category = LadderExplanation(SyntheticReport(mode: "category", isEncoded: true).report().with(points: []))
        let rungs = category.codecs[0].rungs
        #expect(rungs.allSatisfy { $0.sizeReason == .given && $0.sizes.isEmpty })
        for shot in rungs.flatMap(\.shots) {
            #expect(shot.reason == .bitrate && shot.crf == nil && shot.slopes == nil && shot.predicted == nil)
            #expect(shot.delivered?.bps != nil)
        }
    }

    @Test("without the trials of one shot nothing is made up for the others")
    func missingTrials() throws {
        let report = SyntheticReport().report()
        let part = LadderExplanation(report.with(points: report.ladder.points.filter { $0.shot != 5 })).codecs[0]
        #expect(part.rungs.allSatisfy { $0.sizeReason == .unknown && $0.predicted.bps != nil })
        for shot in part.rungs.flatMap(\.shots) {
            #expect(shot.reason == .unknown && shot.slopes == nil)
            #expect(shot.crf != nil && (shot.predicted?.bps ?? 0) > 0)
        }
        #expect(part.trials[5].points.isEmpty && part.trials[4].points.count == 8)
    }

    @Test("points that are predictions are no trials")
    func predictions() {
        let report = SyntheticReport().report()
        let guesses = report.ladder.points.map {
            Report.Point(
                codec: $0.codec, shot: $0.shot, size: Resolution(width: $0.width, height: $0.height), crf: $0.crf,
                preset: $0.preset, bps: $0.bps, vmaf: $0.vmaf, measured: false)
        }
        let part = LadderExplanation(report.with(points: guesses)).codecs[0]
        #expect(part.trials.allSatisfy { $0.points.isEmpty })
        #expect(part.rungs.allSatisfy { $0.sizeReason == .unknown })
    }

    @Test("of an older mezz is read, and its mean VMAF taken")
    func older() throws {
        let title = SyntheticReport(hasHarmonicMeans: false)
        let text = String(decoding: try title.report().encoded(), as: UTF8.self)
        let lines = text.split(separator: "\n").filter { line in
            !["vmaf_harmonic", "whole_crf", "stand_in", "planned_crf"].contains { line.contains("\"\($0)\"") }
        }
        // The key that came last leaves a comma behind.
        let json = lines.joined(separator: "\n").replacing(/,(\s*\})/) { $0.1 }
        let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
        #expect(report.shots.allSatisfy { $0.standIn == nil })
        let part = LadderExplanation(report).codecs[0]
        #expect(part.trials[2].points.map(\.measured.vmaf) == title.probes(2).map(\.vmaf))
        #expect(part.rungs.allSatisfy { $0.sizeReason == .best })
    }

    @Test("null stands for what is not known, and every key is there")
    func keys() throws {
        let category = SyntheticReport(mode: "category").report().with(points: [])
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(LadderExplanation(category)))
        let codecs = try #require((object as? [String: Any])?["codecs"] as? [[String: Any]])
        let rung = try #require((codecs[0]["rungs"] as? [[String: Any]])?.first)
        #expect(
            Set(rung.keys) == [
                "id", "width", "height", "target_vmaf", "predicted", "delivered", "size_reason", "sizes", "shots",
            ])
        let shot = try #require((rung["shots"] as? [[String: Any]])?.first)
        #expect(
            Set(shot.keys) == ["index", "crf", "chosen_crf", "reason", "predicted", "delivered", "slopes"])
        #expect(shot["crf"] is NSNull && shot["slopes"] is NSNull)
    }
}

@Suite("A report that is not true")
struct ImplausibleReportTests {
    private func size(_ width: Int, _ height: Int) -> Report {
        let report = SyntheticReport().report()
        let point = Report.Point(
            codec: .avc, shot: 0, size: Resolution(width: width, height: height), crf: 20, preset: "", bps: 1, vmaf: 1,
            measured: true)
        return report.with(points: report.ladder.points + [point])
    }

    @Test("sizes that no picture has are refused", arguments: [(0, 10), (-2, 10), (.max, .max), (10, .min)])
    func sizes(_ width: Int, _ height: Int) {
        let report = size(width, height)
        #expect(!report.isPlausible)
        #expect(LadderExplanation(report).codecs.isEmpty)
    }

    @Test("shots that no title has are refused", arguments: [(-1, 0, 10), (.max, 0, 10), (8, .min, .max), (0, 0, 10)])
    func shots(_ index: Int, _ first: Int, _ end: Int) throws {
        let report = SyntheticReport().report()
        var text = String(decoding: try JSONEncoder().encode(report.shots[0]), as: UTF8.self)
        for (key, value) in [("index", index), ("first_frame", first), ("end_frame", end)] {
            text = try text.replacing(Regex("\"\(key)\":-?[0-9]+"), with: "\"\(key)\":\(value)")
        }
        let shot = try JSONDecoder().decode(Report.Shot.self, from: Data(text.utf8))
        #expect(shot.index == index && shot.firstFrame == first)
        let forged = report.with(shots: report.shots + [shot])
        #expect(report.isPlausible && !forged.isPlausible)
        #expect(LadderExplanation(forged).codecs.isEmpty)
    }

    @Test("CRFs and bitrates of any size are borne", arguments: [-1e300, -1, 51.3, 1e9, 1e300])
    func numbers(_ crf: Double) throws {
        let report = SyntheticReport().report()
        let rungs = report.ladder.rungs.map { rung in
            Report.Rung(
                id: rung.id, codec: .avc, profile: "", level: "",
                size: Resolution(width: rung.width, height: rung.height),
                bitDepth: 8, averageBPS: .max, peakBPS: .min, frames: 0,
                shots: rung.shots.map { Report.RungShot(index: $0.index, crf: crf, bps: .min, vmaf: -crf) })
        }
        let explained = LadderExplanation(report.with(rungs: rungs)).codecs[0].rungs
        #expect(explained.count == rungs.count)
        #expect(explained.allSatisfy { ($0.predicted.bps ?? 0) > 0 && $0.shots.count == 8 })
    }
}
