import Foundation
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Synchronization
import Testing

@Suite("A worker's disk", .timeLimit(.minutes(1)))
struct WorkerDiskTests {
    @Test("below the reserve no task is taken, and it is said how much there is")
    func reserve() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let asked = Mutex(0)
            let queue = HookedQueue(base: rig.queue) { () throws(QueueError) in asked.withLock { $0 += 1 } }
            var settings = rig.settings()
            settings.reserve = .max
            let summary = try await rig.run(rig.worker(settings, on: queue) { _, _ in ScriptedHandler() }) { _ in
                // It looks again every five seconds.
                try await rig.until { rig.events.count >= 3 }
            }
            #expect(summary == [Counts()])
            #expect(asked.withLock { $0 } == 0)
            #expect(
                rig.events.allSatisfy { event in
                    switch event {
                    case .diskLow(let free): free > 0 && free < 1 << 40
                    case .draining(0): true
                    default: false
                    }
                })
            #expect(try await rig.record("a").attempts == 0)
        }
    }

    @Test("a task that wants more than there is goes to somebody else")
    func tooLarge() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(
                WorkerRig.job, [TaskRequest(name: "large", kind: "work", disk: 1_001), task("small")])
            _ = try await rig.run(rig.worker(rig.settings(), ScriptedHandler())) { _ in
                try await rig.until { try await rig.record("small").state == .succeeded }
            }
            #expect(try await rig.record("large").attempts == 0)
        }
    }

    @Test("a work folder that was deleted is made again")
    func deletedFolder() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            let work = ScriptedHandler { _ in
                try FileManager.default.removeItem(atPath: folder("worker"))
                return TaskOutcome()
            }
            let summary = try await rig.run(rig.worker(rig.settings(slots: 1), work)) { _ in
                try await rig.queue.submit(WorkerRig.job, (0..<4).map { task("\($0)") })
                try await rig.untilDone(WorkerRig.job)
            }
            #expect(summary == [Counts(done: 4)])
        }
    }

    @Test("the gauge shows what df shows, and nothing for a folder that is not there")
    func gauge() async throws {
        try await TestFolder.with { folder in
            let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
            let free = try #require(attributes[.systemFreeSize] as? NSNumber).intValue >> 20
            let shown = DiskGauge.free(at: folder.path)
            #expect(shown > 0 && shown <= free + 1_024)
            #expect(DiskGauge.free(at: folder("none")) == 0)
        }
    }
}
