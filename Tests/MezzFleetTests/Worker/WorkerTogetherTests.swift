import Foundation
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Synchronization
import Testing

@Suite("Workers together", .timeLimit(.minutes(1)))
struct WorkerTogetherTests {
    @Test("do each task once")
    func share() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, (0..<40).map { task("\($0)") })
            let runs = Mutex<[String]>([])
            let work = ScriptedHandler { context in
                runs.withLock { $0.append(context.request.name) }
                try await Task.sleep(for: .milliseconds(1))
                return TaskOutcome()
            }
            let workers = (0..<3).map { rig.worker(rig.settings("worker-\($0)"), work) }
            let summaries = try await rig.run(workers[0], workers[1], workers[2]) { _ in
                try await rig.untilDone(WorkerRig.job)
            }
            #expect(summaries.map(\.done).reduce(0, +) == 40)
            #expect(Set(runs.withLock { $0 }).count == 40 && runs.withLock { $0.count } == 40)
        }
    }

    @Test("an idle one tries a slow task as well, the first result wins, and one counts")
    func straggler() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder, step: .milliseconds(100))
            try await rig.queue.submit(WorkerRig.job, ["a", "b", "c", "slow"].map { task($0) })
            let slow = Mutex<[Int]>([])
            let stopped = Held(false)
            let work = ScriptedHandler { context in
                if context.request.name == "slow" {
                    let first = slow.withLock { attempts in
                        attempts.append(context.attempt)
                        return attempts.count == 1
                    }
                    defer { if first { stopped.value = Task.isCancelled } }
                    if first { try await Task.sleep(for: .seconds(600)) }
                    return TaskOutcome(output: Data("2".utf8), usage: ResourceUsage(wallSeconds: 1))
                }
                return TaskOutcome(usage: ResourceUsage(wallSeconds: 1))
            }
            let summaries = try await rig.run(
                rig.worker(rig.settings("one", slots: 1), work), rig.worker(rig.settings("two", slots: 1), work)
            ) { _ in
                try await rig.untilDone(WorkerRig.job)
                try await rig.until { stopped.value }
                try await rig.until { rig.changes(of: "slow").contains(.leaseLost) }
            }
            #expect(summaries.map(\.done).reduce(0, +) == 4)
            #expect(summaries.map(\.lost).reduce(0, +) == 1)
            #expect(slow.withLock { $0 } == [1, 2])
            let record = try await rig.record("slow")
            #expect(record.result?.output == Data("2".utf8) && record.failures == 0)
        }
    }

    @Test("without a rule for slow tasks nobody tries them again")
    func noStragglers() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder, step: .milliseconds(100))
            try await rig.queue.submit(WorkerRig.job, ["a", "b", "c", "slow"].map { task($0) })
            let work = ScriptedHandler { context in
                if context.request.name == "slow" {
                    try await rig.clock.sleep(until: rig.clock.date(in: .seconds(150)))
                }
                return TaskOutcome(usage: ResourceUsage(wallSeconds: 1))
            }
            let workers = ["one", "two"].map { name in
                var settings = rig.settings(name, slots: 1)
                settings.stragglers = nil
                return rig.worker(settings, work)
            }
            _ = try await rig.run(workers[0], workers[1]) { _ in try await rig.untilDone(WorkerRig.job) }
            #expect(try await rig.record("slow").attempts == 1)
        }
    }
}
