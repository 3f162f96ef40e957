import Foundation
import MezzFleet
import MezzWorkflow
import Testing

@Suite("A simulated fleet", .timeLimit(.minutes(1)))
struct SimulationTests {
    /// Small and quick, with everything that goes wrong.
    static func plan(_ adjust: (inout SimulationPlan) -> Void = { _ in }) -> SimulationPlan {
        var plan = SimulationPlan()
        plan.titles = 12
        plan.workers = 30
        plan.minutes = 4
        plan.lengthSpread = 0
        plan.arrival = 300
        plan.urgentShare = 0.25
        plan.backfillShare = 0.25
        plan.interruptions = 2
        plan.zoneLostAt = 400
        plan.zoneLostFor = 200
        plan.slowStoreAt = 200
        plan.slowStoreFor = 200
        adjust(&plan)
        return plan
    }

    /// Four minutes of it make 8 probes, 12 encodes and 6 measurements.
    static let profile = TitleProfile(
        index: 2, probe: .init(perMinute: 2, seconds: 20), encode: .init(perMinute: 3, seconds: 30),
        measure: .init(perMinute: 1.5, seconds: 15), audio: 2, rungs: 3, assemble: 1, package: 2, verify: 1)
    /// The four of the beginning; audio, ladder, gate and package; and one assembly and check for each rung.
    static let tasksOfTitle = 4 + 4 + 8 + 12 + 6 + 3 + 3

    private func report(_ plan: SimulationPlan) async throws -> SimulationReport {
        var simulation = Simulation(plan, profile: Self.profile)
        return try await simulation.run()
    }

    private func text(_ report: SimulationReport) throws -> String {
        var report = report
        report.wallSeconds = 0
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    @Test("brings all titles to their end through interruptions, a lost zone and a slow store", arguments: [1, 2, 3])
    func succeeds(_ seed: UInt64) async throws {
        let report = try await report(Self.plan { $0.seed = seed })
        #expect(report.succeeded == 12 && report.failed == 0)
        #expect(report.tasks == 12 * Self.tasksOfTitle)
        #expect(report.wastedAttempts > 0 && report.wasted > 0)
        #expect(report.makespan > 400)
        #expect(report.waiting.values.map(\.tasks).reduce(0, +) == report.tasks)
        #expect(report.operations[.settle, default: 0] >= report.tasks)
        #expect(report.operations[.submit] == 12)
        #expect(report.wallSeconds < 20)
    }

    @Test("without anything in its way every task is leased and handed in once")
    func undisturbed() async throws {
        let report = try await report(
            Self.plan {
                $0.interruptions = 0
                $0.zoneLostAt = nil
                $0.slowStoreAt = nil
                $0.speculation = false
            })
        let tasks = 12 * Self.tasksOfTitle
        #expect(report.tasks == tasks && report.wastedAttempts == 0 && report.wasted == 0)
        #expect(report.operations[.lease] == tasks && report.operations[.settle] == tasks)
    }

    @Test("says the same again with the same seed, and something else with another")
    func repeats() async throws {
        let (first, again) = (try await report(Self.plan()), try await report(Self.plan()))
        #expect(try text(first) == text(again))
        let other = try await report(Self.plan { $0.seed = 2 })
        #expect(first.makespan != other.makespan)
    }

    @Test("urgent titles wait less than the others")
    func classes() async throws {
        let report = try await report(
            Self.plan {
                $0.titles = 24
                $0.workers = 12
                $0.arrival = 0
            })
        let urgent = try #require(report.waiting[.urgent]).mean
        let standard = try #require(report.waiting[.standard]).mean
        let backfill = try #require(report.waiting[.backfill]).mean
        #expect(urgent < standard && urgent < backfill, "\(urgent) \(standard) \(backfill)")
    }

    @Test("shares are shares, and samples are of workers that are there")
    func shares() async throws {
        let report = try await report(Self.plan())
        for share in [report.utilisation, report.utilisationUntilTail, report.wastedShare] {
            #expect((0...1).contains(share), "\(share)")
        }
        #expect(report.samples.count > 3)
        #expect(report.samples.allSatisfy { $0.busy >= 0 && $0.busy <= $0.alive && $0.alive <= 30 })
        #expect(report.samples.contains { $0.alive <= 20 && $0.seconds >= 400 && $0.seconds < 600 })
        #expect(report.meanTask > 0 && report.meanTask <= report.longestTask && report.longestTask <= report.makespan)
    }

    @Test("one worker works nearly all the time, and the sum of its tasks is the makespan")
    func oneWorker() async throws {
        let report = try await report(
            Self.plan {
                $0.titles = 2
                $0.workers = 1
                $0.arrival = 0
                $0.interruptions = 0
                $0.zoneLostAt = nil
            })
        #expect(report.succeeded == 2)
        #expect(abs(report.meanTask * Double(report.tasks) - report.makespan) < 10)
        #expect(report.utilisation > 0.98)
    }

    @Test("a slow store makes it last longer")
    func slowStore() async throws {
        func makespan(factor: Double) async throws -> Double {
            try await report(
                Self.plan {
                    $0.interruptions = 0
                    $0.zoneLostAt = nil
                    $0.slowStoreAt = 0
                    $0.slowStoreFor = 1_000_000
                    $0.slowStoreFactor = factor
                }
            ).makespan
        }
        #expect(try await makespan(factor: 3) > makespan(factor: 1) * 1.5)
    }

    @Test("ends though a title fails because its tasks lose their workers again and again")
    func failingTitles() async throws {
        let report = try await report(
            Self.plan {
                $0.titles = 4
                $0.workers = 8
                $0.interruptions = 120
                $0.silentShare = 1
                $0.replacement = 5
                $0.zoneLostAt = nil
            })
        #expect(report.failed > 0)
        #expect(report.succeeded + report.failed == 4)
    }

    @Test("a thousand tasks on a thousand workers take seconds at most, and progress is told")
    func larger() async throws {
        var simulation = Simulation(
            Self.plan {
                $0.titles = 60
                $0.workers = 1_000
            }, profile: Self.profile)
        var told: [Int] = []
        let report = try await simulation.run { ended, _ in told.append(ended) }
        #expect(report.tasks == 60 * Self.tasksOfTitle)
        #expect(report.wallSeconds < 20)
        #expect(told == told.sorted() && told.last == 60)
    }
}
