import MezzLadder
import Testing

@Suite("Ladder constraints")
struct ConstraintTests {
    private static let goals: [LadderGoal] = [
        .automatic, .qualities([94, 86, 78, 70]), .bitrates([3e6, 1.5e6, 7e5, 3e5]), .count(5),
        .audience(Audience(bandwidth: [800, 1600, 3200, 6400].map { .init(kbps: $0, share: 1) })),
    ]

    private func builder(_ rules: LadderRules) -> LadderBuilder {
        LadderBuilder(shots: Synthetic.probes(shots: 60, crfs: GoalTests.crfs), scale: .x26x, rules: rules)
    }

    @Test("the least and the largest bitrate hold for all goals", arguments: goals, GoalTests.modes)
    func bitrates(goal: LadderGoal, mode: LadderMode) throws {
        let rungs = try builder(LadderRules(minimumBps: 5e5, maximumBps: 1.6e6)).build(goal: goal, mode: mode).rungs
        #expect(rungs.count >= 2)
        #expect(rungs.allSatisfy { $0.bps <= 1.6e6 && $0.bps >= 5e5 * 0.99 })
        let free = try builder(LadderRules()).build(goal: goal, mode: mode).rungs
        #expect(free.contains { $0.bps > 1.6e6 || $0.bps < 5e5 })
    }

    @Test("the storage budget holds for all goals and is used", arguments: goals, GoalTests.modes)
    func storage(goal: LadderGoal, mode: LadderMode) throws {
        let free = try builder(LadderRules()).build(goal: goal, mode: mode).rungs
        let total = free.reduce(0) { $0 + $1.bps }
        for part in [1.1, 0.8, 0.5, 0.2] {
            let budget = StorageBudget(bytes: total * part * 100 / 8, seconds: 100)
            let result = try builder(LadderRules(storage: budget)).build(goal: goal, mode: mode)
            let taken = result.rungs.reduce(0) { $0 + $1.bps }
            #expect(taken <= total * part && taken > total * part * 0.4)
            if part > 1 { #expect(result.rungs.map(\.bps) == free.map(\.bps)) }
        }
    }

    @Test("storage takes from the top first: the bottom rung stays", arguments: GoalTests.modes)
    func bottomStays(mode: LadderMode) throws {
        let free = try builder(LadderRules()).build(goal: .qualities([95, 85, 75]), mode: mode)
        let total = free.rungs.reduce(0) { $0 + $1.bps }
        let half = LadderRules(storage: .init(bytes: total / 16, seconds: 1))
        let result = try builder(half).build(goal: .qualities([95, 85, 75]), mode: mode)
        #expect(result.rungs.last == free.rungs.last)
        #expect(result.rungs.map(\.targetVMAF).suffix(2) == [85, 75])
        #expect((result.rungs.first?.vmaf ?? 100) < 95)
        #expect(result.notes.contains { $0.contains("storage") })
    }

    @Test("contradictions are refused with both sides", arguments: goals, GoalTests.modes)
    func contradictions(goal: LadderGoal, mode: LadderMode) throws {
        func error(_ rules: LadderRules) -> LadderError? {
            #expect(throws: LadderError.self) { try builder(rules).build(goal: goal, mode: mode) }
        }
        #expect(
            error(LadderRules(minimumBps: 2e6, maximumBps: 1e6)) == .minimumAboveMaximum(minimum: 2e6, maximum: 1e6))
        guard case .maximumBelowCheapest(let maximum, let cheapest) = error(LadderRules(maximumBps: 100)) else {
            throw Unexpected()
        }
        #expect(maximum == 100 && cheapest > 100)
        guard case .minimumAboveSaturation(_, let saturation) = error(LadderRules(minimumBps: 5e8)) else {
            throw Unexpected()
        }
        #expect(saturation < 1e7)
        let tiny = LadderRules(storage: .init(bytes: 10, seconds: 3600))
        guard case .storageBelowCheapest(let bytes, let needed) = error(tiny) else { throw Unexpected() }
        #expect(bytes == 10 && needed > 10)
        // Enough for the cheapest encode, but not for the least bitrate.
        let both = LadderRules(minimumBps: 8e5, storage: .init(bytes: 7e5 / 8, seconds: 1))
        guard case .storageBelowCheapest(_, let forMinimum) = error(both) else { throw Unexpected() }
        #expect(forMinimum == 1e5)
    }

    private struct Unexpected: Error {}

    @Test("limits that are no numbers are refused")
    func hostile() {
        let rules = [
            LadderRules(minimumBps: .nan), LadderRules(maximumBps: 0), LadderRules(maximumBps: -.infinity),
            LadderRules(storage: .init(bytes: .nan, seconds: 1)), LadderRules(storage: .init(bytes: 1e6, seconds: 0)),
            LadderRules(limits: [0]), LadderRules(limits: [-720]), LadderRules(headroom: 0),
            LadderRules(headroom: .nan),
        ]
        for rules in rules {
            let error = #expect(throws: LadderError.self) { try builder(rules).build(goal: .automatic, mode: .perShot) }
            #expect(error?.description.contains("must be") == true)
        }
    }

    @Test("a fixed ladder loses what the limits forbid and keeps the rest as it is")
    func fixed() throws {
        let asked = LadderMode.fixed([
            FixedRung(height: 720, bps: 3e6), FixedRung(height: 540, bps: 1.5e6), FixedRung(height: 270, bps: 3e5),
        ])
        let all = builder(LadderRules()).build(asked)
        #expect(all.count == 3)
        let limited = LadderRules(minimumBps: 5e5, maximumBps: 2e6)
        let within = try builder(limited).build(goal: .automatic, mode: asked)
        #expect(within.rungs == [all[1]] && within.notes.count == 2)
        let storage = LadderRules(storage: .init(bytes: 2e6 / 8, seconds: 1))
        #expect(try builder(storage).build(goal: .automatic, mode: asked).rungs == Array(all.dropFirst()))
        let none = LadderRules(maximumBps: 1e5)
        #expect(throws: LadderError.self) { try builder(none).build(goal: .automatic, mode: asked) }
    }
}
