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

    /// The usual ladder at sizes that the grids have.
    private static let usual = [
        FixedRung(height: 720, bps: 3_000_000), FixedRung(height: 540, bps: 1_500_000),
        FixedRung(height: 480, bps: 1_000_000), FixedRung(height: 360, bps: 600_000),
        FixedRung(height: 240, bps: 300_000),
    ]

    @Test("needs at least an eighth fewer bits than the fixed ladder on every title")
    func overFixed() throws {
        var saved: [String: Double] = [:]
        for name in GridReplay.names where name.hasSuffix("avc") {
            let replay = try GridReplay(name)
            let heights = Set(replay.truth.resolutions.map(\.height))
            let rungs = Self.usual.filter { heights.contains($0.height) }
            guard rungs.count > 2 else { continue }
            let fixed = try points(replay.fixed(rungs), replay)
            let title = try bdRate(
                anchor: fixed, test: try points(replay.standard(.perTitle).rungs, replay), cap: 95)
            let shot = try bdRate(
                anchor: fixed, test: try points(replay.standard(.perShot).rungs, replay), cap: 95)
            print(
                name,
                String(
                    format: "over fixed (VMAF %.0f to %.0f): per title %+.1f%%, per shot %+.1f%%", title.lowVMAF,
                    title.highVMAF, title.percent, shot.percent))
            saved[name] = shot.percent
        }
        #expect(saved.values.allSatisfy { $0 < -12 })
    }

    private func points(_ rungs: [LadderRung], _ replay: GridReplay) throws -> [RatePoint] {
        try rungs.map { try replay.real($0) }
    }
}
