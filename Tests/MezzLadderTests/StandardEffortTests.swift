import Foundation
import MezzLadder
import Testing

@Suite("The standard effort against the exhaustive optimum")
struct StandardEffortTests {
    @Test(
        "per shot loses under 1% of BD-rate for a third of the pixels, and needs no more bits than per title",
        arguments: GridReplay.names)
    func perShot(name: String) throws {
        let replay = try GridReplay(name)
        let standard = replay.standard(.perShot)
        let losses = try standard.rungs.compactMap { try replay.loss($0, .perShot) }
        let mean = losses.reduce(0, +) / Double(max(losses.count, 1))
        let errors = try standard.rungs.map { $0.vmaf - (try replay.real($0)).vmaf }
        let title = try points(replay.standard(.perTitle).rungs, replay)
        let shot = try points(standard.rungs, replay)
        let optimum = try points(replay.exhaustive(.perShot), replay)
        let overTitle = try bdRate(anchor: title, test: shot, cap: 95)
        let overOptimum = try bdRate(anchor: optimum, test: shot, cap: 95)
        print(
            name,
            String(
                format:
                    "%.1f cells a shot, %.0f%% of the grid's pixels, rungs' loss mean %.2f%% worst %.2f%%, BD-rate over exhaustive %+.2f%%, "
                    + "over per title %+.2f%%, predicted VMAF off by at most %.2f", standard.cells,
                standard.share * 100, mean * 100,
                (losses.max() ?? 0) * 100, overOptimum.percent, overTitle.percent, errors.map(abs).max() ?? 0))
        #expect(losses.count >= 2)
        // Single rungs lose more: a floor holds the worst shot, which the optimum charged here need not.
        #expect(mean < 0.025)
        #expect((losses.max() ?? 0) < 0.05)
        #expect(overOptimum.percent < 1)
        #expect(standard.share < 0.34)
        #expect(overTitle.percent < 0.3)
        #expect(errors.allSatisfy { abs($0) < 2 })
    }

    @Test("over all titles per shot loses less than 1% of BD-rate on average")
    func average() throws {
        let losses = try GridReplay.names.map { name in
            let replay = try GridReplay(name)
            let shot = try points(replay.standard(.perShot).rungs, replay)
            return try bdRate(anchor: try points(replay.exhaustive(.perShot), replay), test: shot, cap: 95).percent
        }
        print(String(format: "mean over titles %+.2f%%", losses.reduce(0, +) / Double(losses.count)))
        #expect(losses.reduce(0, +) / Double(losses.count) < 0.5)
    }

    private func points(_ rungs: [LadderRung], _ replay: GridReplay) throws -> [RatePoint] {
        try rungs.map { try replay.real($0) }
    }
}
