import Foundation
import MezzLadder
import Testing

@Suite("Ladder goals")
struct GoalTests {
    static let modes: [LadderMode] = [.perTitle, .perShot]
    static let crfs = [13.0, 18, 23, 28, 33, 38, 43]

    private func builder(_ rules: LadderRules = .init(), shots: Int = 60) -> LadderBuilder {
        LadderBuilder(shots: Synthetic.probes(shots: shots, crfs: Self.crfs), scale: .x26x, rules: rules)
    }

    @Test("the automatic goal is the ladder of before, without notes", arguments: modes)
    func automatic(mode: LadderMode) throws {
        let result = try builder().build(goal: .automatic, mode: mode)
        #expect(result.rungs == builder().build(mode))
        #expect(result.rungs.count >= 4)
        #expect(result.notes.isEmpty)
    }

    @Test("one quality is the top of an automatic ladder", arguments: modes)
    func oneQuality(mode: LadderMode) throws {
        let result = try builder().build(goal: .qualities([90]), mode: mode)
        #expect(result.rungs == builder(LadderRules(topVMAF: 90)).build(mode))
        #expect(result.rungs.first?.targetVMAF == 90)
    }

    @Test("one quality out of reach gives the best there is and a note", arguments: modes)
    func oneTooHigh(mode: LadderMode) throws {
        let result = try builder().build(goal: .qualities([100]), mode: mode)
        let top = try #require(result.rungs.first)
        #expect(top.vmaf > 95 && top.vmaf < 100)
        #expect(result.notes.count == 1)
    }

    @Test("several qualities are promised exactly and kept at the fewest bits", arguments: modes)
    func qualities(mode: LadderMode) throws {
        let builder = builder()
        let result = try builder.build(goal: .qualities([80, 95, 88, 88]), mode: mode)
        #expect(result.rungs.map(\.targetVMAF) == [95, 88, 80])
        #expect(result.rungs.allSatisfy { $0.meetsTarget && $0.vmaf >= ($0.targetVMAF ?? 101) })
        #expect(result.notes.isEmpty)
        let style: AllocationStyle = mode == .perShot ? .perShot : .uniform
        for rung in result.rungs {
            let costs = builder.model.resolutions.compactMap { size -> Double? in
                let choice = builder.model.allocate(style, at: size, for: .vmaf(rung.targetVMAF ?? 0))
                return choice.flatMap { $0.meetsGoal ? $0.bps : nil }
            }
            #expect(rung.bps <= (try #require(costs.min())) * 1.03)
        }
    }

    @Test("qualities out of reach give the best there is once, with a note", arguments: modes)
    func tooHigh(mode: LadderMode) throws {
        let result = try builder().build(goal: .qualities([100, 99.9, 80]), mode: mode)
        #expect(result.rungs.count == 2)
        #expect(result.rungs.last?.targetVMAF == 80)
        #expect(try #require(result.rungs.first).vmaf < 99.9)
        #expect(result.notes.count == 1)
    }

    @Test("qualities below the cheapest encode give that encode once", arguments: modes)
    func tooLow(mode: LadderMode) throws {
        let result = try builder().build(goal: .qualities([80, 2, 1]), mode: mode)
        #expect(result.rungs.count == 2)
        #expect(result.notes.count == 1)
    }

    @Test("bitrates are filled, never exceeded", arguments: modes)
    func bitrates(mode: LadderMode) throws {
        let asked = [1_500_000.0, 400_000, 800_000]
        let result = try builder().build(goal: .bitrates(asked), mode: mode)
        #expect(result.rungs.count == 3)
        for (rung, bps) in zip(result.rungs, asked.sorted(by: >)) {
            #expect(rung.bps <= bps && rung.bps > bps * 0.97)
        }
        #expect(result.notes.isEmpty)
    }

    @Test("bits beyond saturation are not spent: one rung stops there, further ones are dropped", arguments: modes)
    func saturated(mode: LadderMode) throws {
        let result = try builder().build(goal: .bitrates([9e6, 30e6, 8e5, 8e5]), mode: mode)
        #expect(result.rungs.count == 2)
        #expect(try #require(result.rungs.first).targetVMAF == 95)
        #expect(try #require(result.rungs.first).bps < 5e6)
        #expect(result.notes.count == 3)
    }

    @Test("bitrates under the cheapest encode are dropped, and refused when none is left", arguments: modes)
    func tooFewBits(mode: LadderMode) throws {
        let result = try builder().build(goal: .bitrates([8e5, 10]), mode: mode)
        #expect(result.rungs.count == 1 && result.notes.count == 1)
        let error = #expect(throws: LadderError.self) { try builder().build(goal: .bitrates([10, 20]), mode: mode) }
        guard case .noRungLeft(let reasons) = error else { throw Unexpected() }
        #expect(reasons.count == 2)
    }

    private struct Unexpected: Error {}

    @Test("a bitrate gets the size that is best there, on recorded titles", arguments: ReplayTests.titles)
    func bestSize(title: String) throws {
        let builder = LadderBuilder(shots: try RecordedGrid.load(title).probes(), scale: .x26x)
        let result = try builder.build(goal: .bitrates([2e6, 1e6, 5e5, 2.5e5, 1.8e5]), mode: .perShot)
        #expect(result.rungs.count >= 3)
        for rung in result.rungs where (rung.targetVMAF ?? 0) < 94.9 {
            let budget = try #require([2e6, 1e6, 5e5, 2.5e5, 1.8e5].filter { $0 >= rung.bps }.min())
            let rivals = builder.model.resolutions.compactMap {
                builder.model.allocate(.perShot, at: $0, for: .bps(budget))
            }
            let best = try #require(rivals.filter(\.meetsGoal).map(\.vmaf).max())
            #expect(rung.vmaf > best - 0.1)
        }
    }

    @Test("a count is met in equal steps of quality down to the bottom", arguments: modes, [2, 3, 4, 5])
    func count(mode: LadderMode, count: Int) throws {
        let result = try builder().build(goal: .count(count), mode: mode)
        #expect(result.rungs.count == count)
        #expect(result.notes.isEmpty)
        let steps = zip(result.rungs, result.rungs.dropFirst()).map { ($0.targetVMAF ?? 0) - ($1.targetVMAF ?? 0) }
        // The top is solved first: the steps start from what it really has, up to a quarter CRF above its target.
        #expect((steps.max() ?? 0) - (steps.min() ?? 9) < 0.4)
        #expect(try #require(result.rungs.last).bps < LadderRules().leastBps * 1.1)
    }

    @Test("where equal steps break the least ratio, those steps keep it and the others stay equal")
    func countNearTheRatio() throws {
        let result = try builder().build(goal: .count(7), mode: .perShot)
        #expect(result.rungs.count == 7)
        let pairs = zip(result.rungs, result.rungs.dropFirst())
        #expect(pairs.allSatisfy { $0.bps / $1.bps > 1.5 / 1.03 })
        let free = pairs.filter { $0.bps / $1.bps > 1.55 }.map { $0.vmaf - $1.vmaf }
        #expect((free.max() ?? 0) - (free.min() ?? 9) < 0.2)
    }

    @Test("a count beyond the title's range gives fewer rungs and a note", arguments: modes)
    func countTooHigh(mode: LadderMode) throws {
        let result = try builder().build(goal: .count(20), mode: mode)
        #expect(result.rungs.count >= 6 && result.rungs.count < 20)
        #expect(result.notes.count == 1)
        for (above, below) in zip(result.rungs, result.rungs.dropFirst()) {
            #expect(above.bps / below.bps > 1.5 / 1.03)
        }
    }

    @Test("a wide range has room for twenty rungs")
    func twenty() throws {
        let rules = LadderRules(leastRatio: 1.05)
        let result = try builder(rules).build(goal: .count(20), mode: .perShot)
        #expect(result.rungs.count == 20)
    }

    @Test("a fixed ladder has no other goal, and nothing measured gives no rungs and a note")
    func noGoal() throws {
        let fixed = LadderMode.fixed([FixedRung(height: 720, bps: 1e6)])
        #expect(throws: LadderError.goalOfFixedLadder) { try builder().build(goal: .count(3), mode: fixed) }
        #expect(try builder().build(goal: .automatic, mode: fixed).rungs.count == 1)
        let empty = try LadderBuilder(shots: [], scale: .x26x).build(goal: .count(3), mode: .perShot)
        #expect(empty.rungs.isEmpty && empty.notes.count == 1)
    }

    @Test(
        "numbers that are none, or out of range, are refused",
        arguments: [
            LadderGoal.qualities([]), .qualities([.nan]), .qualities([0]), .qualities([101]), .qualities([90, -1]),
            .qualities([.infinity]), .bitrates([]), .bitrates([.nan]), .bitrates([0]), .bitrates([-5]),
            .bitrates([1e6, .infinity]), .bitrates(Array(repeating: 1e6, count: 10_000)), .count(1), .count(21),
            .count(0), .count(.min), .count(.max),
        ])
    func hostile(goal: LadderGoal) {
        for mode in Self.modes {
            let error = #expect(throws: LadderError.self) { try builder(shots: 2).build(goal: goal, mode: mode) }
            guard case .badValue = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("goals, rules and results survive coding")
    func codable() throws {
        func copy<Value: Codable>(_ value: Value) throws -> Value {
            try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
        }
        let audience = Audience(viewers: [.init(kbps: 800, height: 720, share: 1)], rungs: 3)
        for goal in [LadderGoal.automatic, .qualities([95]), .bitrates([1e6]), .count(4), .audience(audience)] {
            #expect(try copy(goal) == goal)
            let result = try builder(shots: 3).build(goal: goal, mode: .perShot)
            #expect(try copy(result) == result)
        }
        let rules = LadderRules(minimumBps: 1e5, storage: .init(bytes: 1e9, seconds: 60), limits: [1080, 720, 720])
        #expect(try copy(rules) == rules)
        #expect(rules.limits == [720, 1080])
    }
}
