import Foundation
import MezzCore
import MezzLadder
import MezzPipeline
import Testing

@Suite("A ladder explained from its report")
struct LadderExplanationTests {
    @Test("says what the ladder's own model says", arguments: ["per-shot", "per-title"])
    func agrees(_ mode: String) throws {
        let title = SyntheticReport(mode: mode)
        let part = try #require(LadderExplanation(title.report()).codecs.first)
        #expect(part.rungs.count == title.rungs.count && part.rungs.count > 2)
        for (rung, explained) in zip(title.rungs, part.rungs) {
            let truth = title.builder.explanations(in: rung)
            #expect(explained.shots.map(\.index) == truth.map(\.shot))
            for (why, shot) in zip(truth, explained.shots) { try expect(shot, why, rung) }
            #expect(explained.sizes.map(\.size.width) == truth[0].sizes.map(\.resolution.width))
            for (size, other) in zip(explained.sizes, truth[0].sizes) where other.resolution != rung.resolution {
                #expect(abs((size.vmaf ?? 0) - (other.vmaf ?? 0)) < 0.001 && size.isTried == other.isMeasured)
            }
            #expect(abs((explained.predicted.vmaf ?? 0) - rung.vmaf) < 0.001)
            #expect(explained.delivered == nil)
        }
    }

    private func expect(_ shot: ExplainedShot, _ why: ShotExplanation, _ rung: LadderRung) throws {
        #expect(shot.crf == why.choice.crf && !shot.isCorrected)
        #expect(shot.reason.rawValue.filter { $0 != "-" }.lowercased() == why.slope.reason.rawValue.lowercased())
        #expect(shot.predicted?.bps == Int(why.choice.bps.rounded()))
        #expect(abs((shot.predicted?.vmaf ?? 0) - why.choice.vmaf) <= 0.0005)
        let slopes = try #require(shot.slopes)
        let scale = 1e6 * (rung.vmaf + 1) * (rung.vmaf + 1)
        for (own, truth) in [
            (slopes.lastStep, why.slope.bought), (slopes.nextStep, why.slope.next), (slopes.title, why.slope.common),
        ] {
            #expect((own == nil) == (truth == nil))
            #expect(abs((own ?? 0) - (truth ?? 0) * scale) < 0.0001)
        }
        #expect(abs(slopes.curve - why.slope.vmafPerBps * 1e6) < 0.0001)
    }

    @Test("tells every trial and what the curve makes of it")
    func trials() throws {
        let title = SyntheticReport()
        let trials = try #require(LadderExplanation(title.report()).codecs.first).trials
        #expect(trials.map(\.index) == Array(0..<8))
        for shot in trials {
            #expect(shot.points.map(\.crf) == SyntheticReport.crfs + SyntheticReport.crfs)
            #expect(shot.points.map(\.size.height) == [720, 720, 720, 720, 360, 360, 360, 360])
            #expect(shot.points.map(\.measured.vmaf) == title.probes(shot.index).map(\.vmaf), "harmonic means")
            // The curve goes through all knots of a title that falls as titles do.
            #expect(shot.points.allSatisfy { abs(($0.fitted?.vmaf ?? 0) - ($0.measured.vmaf ?? 0)) < 0.001 })
        }
    }

    @Test("a size is chosen because none gives more at its bitrate")
    func sizes() throws {
        let rungs = try #require(LadderExplanation(SyntheticReport().report()).codecs.first).rungs
        #expect(Set(rungs.map(\.size)).count == 2)
        for rung in rungs {
            let best = try #require(rung.sizes.max { ($0.vmaf ?? 0) < ($1.vmaf ?? 0) })
            #expect(rung.sizeReason == .best && best.size == rung.size, "\(rung.id)")
        }
        let single = SyntheticReport(sizes: [Resolution(width: 1280, height: 720)])
        #expect(LadderExplanation(single.report()).codecs[0].rungs.allSatisfy { $0.sizeReason == .only })
    }

    @Test("a size that its rung should not have is not called the best")
    func worseSize() throws {
        let report = SyntheticReport().report()
        let swapped = report.ladder.rungs.map { rung in
            Report.Rung(
                id: rung.id, codec: .avc, profile: "", level: "", size: Resolution(width: 640, height: 360),
                bitDepth: 8, averageBPS: rung.averageBPS, peakBPS: 0, frames: 240, shots: rung.shots)
        }
        let rungs = LadderExplanation(report.with(rungs: swapped)).codecs[0].rungs
        // Above the first one nothing holds the size down; under it the sizes may not grow again.
        #expect(rungs.first?.sizeReason == .goal)
        #expect(rungs.dropFirst().allSatisfy { $0.sizeReason == .order || $0.sizeReason == .best })
    }

    @Test("shots that were not tried are explained by those that stand for them")
    func standIns() throws {
        let title = SyntheticReport(untried: [1, 4])
        let part = try #require(LadderExplanation(title.report()).codecs.first)
        #expect(part.trials.map(\.standIn) == [nil, 2, nil, nil, 5, nil, nil, nil])
        #expect(part.trials[1].points == part.trials[2].points)
        for (rung, explained) in zip(title.rungs, part.rungs) {
            let reasons = title.builder.explanations(in: rung).map { $0.slope.next == nil }
            #expect(explained.shots.map { $0.slopes?.nextStep == nil } == reasons)
            #expect(!explained.shots.contains { $0.reason == .unknown })
        }
    }

    @Test("a corrected shot keeps the reason of what was chosen, and says what became of it")
    func correction() throws {
        let planned = LadderExplanation(SyntheticReport(isEncoded: true).report()).codecs[0].rungs[1]
        let title = SyntheticReport(isEncoded: true, correction: 1.5)
        let rung = LadderExplanation(title.report()).codecs[0].rungs[1]
        let (shot, before) = (rung.shots[0], planned.shots[0])
        #expect(shot.isCorrected && shot.chosenCRF == before.crf && shot.crf == (before.crf ?? 0) - 1.5)
        #expect(shot.reason == before.reason && shot.slopes == before.slopes)
        #expect((shot.predicted?.bps ?? 0) > (before.predicted?.bps ?? 0))
        #expect(rung.shots.dropFirst().allSatisfy { !$0.isCorrected })
        #expect(Array(rung.shots.dropFirst()) == Array(planned.shots.dropFirst()))
        #expect(rung.predicted == planned.predicted)
    }

    @Test("an encoded ladder has what was measured beside what was expected")
    func delivered() throws {
        let title = SyntheticReport(isEncoded: true)
        for (rung, explained) in zip(title.rungs, LadderExplanation(title.report()).codecs[0].rungs) {
            #expect(abs((explained.delivered?.vmaf ?? 0) - rung.vmaf - 0.5) < 0.001)
            for (shot, found) in zip(rung.shots, explained.shots) {
                #expect(found.delivered?.bps == Int(shot.bps * 1.05))
                #expect(abs((found.delivered?.vmaf ?? 0) - shot.vmaf - 0.5) < 0.001, "harmonic mean")
            }
        }
    }

    @Test("one codec, one rung, one shot may be asked for")
    func parts() throws {
        let report = SyntheticReport().report()
        #expect(LadderExplanation(report, codec: .hevc).codecs.isEmpty)
        let part = LadderExplanation(report, codec: .avc, rung: "avc-1", shot: 3).codecs[0]
        #expect(part.rungs.map(\.id) == ["avc-1"] && part.rungs[0].shots.map(\.index) == [3])
        #expect(part.trials.map(\.index) == [3])
        let all = LadderExplanation(report).codecs[0].rungs[1]
        #expect(part.rungs[0].shots[0] == all.shots[3] && part.rungs[0].sizes == all.sizes)
        #expect(LadderExplanation(report, shot: 99).codecs[0].rungs.allSatisfy { $0.shots.isEmpty })
    }
}

extension Report {
    /// The same title with other rungs.
    func with(rungs: [Rung]? = nil, points: [Point]? = nil, shots: [Shot]? = nil) -> Report {
        Report(
            source: source, shots: shots ?? self.shots,
            ladder: Ladder(
                mode: ladder.mode, metric: ladder.metric, rungs: rungs ?? ladder.rungs, points: points ?? ladder.points),
            audio: audio, text: text, qc: qc, cost: cost)
    }
}
