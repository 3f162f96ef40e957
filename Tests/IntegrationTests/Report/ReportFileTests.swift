import Foundation
import MezzCore
import MezzPipeline
import Testing

@Suite("report.json")
struct ReportFileTests {
    @Test func hasEveryKeyOfTheContract() throws {
        let root = try object(SampleReport().report())
        #expect(
            Set(root.keys).isSuperset(of: ["mezz", "source", "shots", "ladder", "audio", "text", "qc", "cost"]))
        let source = try #require(root["source"] as? [String: Any])
        #expect(
            Set(source.keys) == [
                "path", "sha256", "bytes", "duration_seconds", "frames", "width", "height", "frame_rate",
                "pixel_format", "color", "hdr",
            ])
        #expect(source["frame_rate"] as? String == "24000/1001")
        let color = try #require(source["color"] as? [String: Any])
        #expect(Set(color.keys) == ["primaries", "transfer", "matrix", "range"])
        #expect(color["primaries"] as? String == "bt709")
        #expect(color["transfer"] is NSNull)
        #expect(source["hdr"] is NSNull)
        let shot = try first(root["shots"])
        #expect(
            Set(shot.keys) == [
                "index", "first_frame", "end_frame", "start_seconds", "transition", "confidence", "complexity",
                "stand_in",
            ])
        let complexity = try #require(shot["complexity"] as? [String: Any])
        #expect(Set(complexity.keys) == ["spatial", "temporal", "grain"])
    }

    @Test func hasEveryKeyOfTheLadder() throws {
        let ladder = try #require(try object(SampleReport().report())["ladder"] as? [String: Any])
        #expect(Set(ladder.keys).isSuperset(of: ["mode", "metric", "rungs", "points"]))
        let rung = try first(ladder["rungs"])
        #expect(
            Set(rung.keys).isSuperset(of: [
                "id", "codec", "profile", "level", "width", "height", "bit_depth", "target_vmaf", "average_bps",
                "peak_bps", "frames", "quality", "shots", "segments",
            ]))
        let quality = try #require(rung["quality"] as? [String: Any])
        #expect(Set(quality.keys) == ["model", "mean", "harmonic_mean", "p5", "min"])
        #expect(Set(try first(rung["shots"]).keys) == ["index", "crf", "planned_crf", "bps", "vmaf", "vmaf_harmonic"])
        #expect(Set(try first(rung["segments"]).keys) == ["first_frame", "end_frame", "bytes"])
        #expect(
            Set(try first(ladder["points"]).keys) == [
                "codec", "shot", "width", "height", "crf", "whole_crf", "preset", "bps", "vmaf", "vmaf_harmonic",
                "measured",
            ])
    }

    @Test func hasEveryKeyOfTracksVerdictAndCost() throws {
        let root = try object(SampleReport().report())
        let audio = try first(root["audio"])
        #expect(
            Set(audio.keys) == [
                "id", "language", "codec", "channels", "bps", "loudness", "name", "role", "encoder", "limited",
            ])
        let loudness = try #require(audio["loudness"] as? [String: Any])
        #expect(
            Set(loudness.keys) == [
                "integrated_lkfs", "dialogue_lkfs", "true_peak_dbtp", "range_lu", "gain_db", "source_integrated_lkfs",
                "source_true_peak_dbtp",
            ])
        #expect(loudness["dialogue_lkfs"] is NSNull)
        #expect(
            Set(try first(root["text"]).keys) == ["id", "language", "format", "name", "kind", "cues", "source_format"])
        let qc = try #require(root["qc"] as? [String: Any])
        let finding = try first(qc["findings"])
        #expect(Set(finding.keys) == ["code", "severity", "message", "where", "remedy"])
        let place = try #require(finding["where"] as? [String: Any])
        #expect(Set(place.keys) == ["stream", "frame", "seconds"])
        let cost = try #require(root["cost"] as? [String: Any])
        #expect(
            Set(cost.keys) == [
                "wall_seconds", "cpu_seconds", "stages", "trial_encodes", "reused", "slot_seconds", "rungs",
                "price", "forecast",
            ])
        #expect(
            Set(try first(cost["stages"]).keys) == [
                "name", "tasks", "cpu_seconds", "wall_seconds", "cached", "slot_seconds",
            ])
    }

    @Test func writesNullForWhatDoesNotApply() throws {
        let rung = Report.Rung(
            id: "avc-720p-2000k", codec: .avc, profile: "High", level: "3.1",
            size: Resolution(width: 1280, height: 720),
            bitDepth: 8, averageBPS: 2_000_000, peakBPS: 3_000_000, frames: 10)
        let whole = SampleReport(shots: 1, codecs: [.avc]).report()
        let report = Report(
            source: whole.source, shots: whole.shots,
            ladder: Report.Ladder(mode: "fixed", metric: "vmaf_v0.6.1", rungs: [rung], points: []), audio: [],
            text: [], qc: whole.qc, cost: whole.cost)
        let root = try object(report)
        #expect(root["package_bytes"] is NSNull)
        #expect(root["comparison"] is NSNull)
        let written = try first((root["ladder"] as? [String: Any])?["rungs"])
        for key in ["target_vmaf", "quality", "predicted_vmaf", "predicted_bps", "promise_met"] {
            #expect(written[key] is NSNull, "\(key)")
        }
    }

    @Test func readsBackEqual() throws {
        let report = SampleReport().report()
        let data = try report.encoded()
        #expect(try JSONDecoder().decode(Report.self, from: data) == report)
        #expect(try report.encoded() == data)
    }

    @Test func isFreeOfNoise() throws {
        let text = try #require(String(data: try SampleReport().report().encoded(), encoding: .utf8))
        #expect(!text.contains("\\/"))
        #expect(text.contains("\"path\" : \"/masters/sample.mov\""))
        #expect(text.contains("\"confidence\" : 0.3,"))
        #expect(!text.contains(/\d\.\d{7,}/))
        #expect(text.hasSuffix("}\n"))
    }

    @Test("values that are no numbers", arguments: [Double.nan, .infinity, -.infinity])
    func turnsUnusableValuesToNull(value: Double) throws {
        let root = try object(SampleReport(broken: value).report())
        let ladder = try #require(root["ladder"] as? [String: Any])
        let quality = try #require(try first(ladder["rungs"])["quality"] as? [String: Any])
        #expect(quality["mean"] is NSNull)
        let loudness = try #require(try first(root["audio"])["loudness"] as? [String: Any])
        #expect(loudness["integrated_lkfs"] is NSNull)
    }

    @Test func decidesThePromiseByTheHarmonicMean() {
        func rung(_ harmonic: Double, _ said: Bool? = nil) -> Report.Rung {
            Report.Rung(
                id: "a", codec: .avc, profile: "High", level: "4.0", size: Resolution(width: 16, height: 16),
                bitDepth: 8, targetVMAF: 93, averageBPS: 1, peakBPS: 1, frames: 1,
                quality: Report.Quality(model: "m", mean: 95, harmonicMean: harmonic, p5: nil, min: nil),
                promiseMet: said)
        }
        #expect(rung(92.1).promiseMet == true)
        #expect(rung(91.9).promiseMet == false)
        #expect(rung(91.9, true).promiseMet == true)
    }

    private func object(_ report: Report) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: report.encoded()) as? [String: Any])
    }

    private func first(_ list: Any?) throws -> [String: Any] {
        try #require((list as? [[String: Any]])?.first)
    }
}
