import Foundation
import Glibc
import MezzCore
import MezzFleet
import MezzMedia
import MezzTestKit
import Testing

/// On a real Slurm with four nodes, all on this machine.
@Suite(
    "Workers on Slurm", .serialized,
    .enabled(if: SlurmCluster.isInstalled, Comment(rawValue: SlurmCluster.absence)))
struct SlurmClusterTests {
    @Test("an array starts on all nodes, and what finds no room waits", .timeLimit(.minutes(3)))
    func startsArray() async throws {
        try await TestFolder.with { folder in
            let bench = try SlurmBench(in: folder)
            #expect(try await bench.engine.workers() == .none)
            try await bench.engine.start(6)
            try await bench.until("four run") {
                try await bench.engine.workers() == EngineWorkers(pending: 2, running: 4)
            }
            try await bench.until("four have begun") { bench.lines.count == 4 }
            #expect(Set(bench.lines.map(\.node)) == Set(SlurmCluster.nodes))
            #expect(Set(bench.lines.map(\.database)) == [SlurmCommandTests.secrets["MEZZ_DATABASE"]])
            let arguments = try folder.text("arguments").split(separator: "\n")
            #expect(
                arguments.allSatisfy { $0 == "worker --slots 2 --memory 500 --grace 30 --until-idle 60" })
            // What the cluster's users can look at holds no address.
            let shown = try bench.cluster.client("scontrol", ["show", "job", "--details"])
            #expect(!shown.contains("s3cret"))
        }
    }

    @Test(
        "a worker that is pushed away is told in time, and a job of the other partition gets its node",
        .timeLimit(.minutes(3)))
    func preempts() async throws {
        try await TestFolder.with { folder in
            let bench = try SlurmBench(in: folder)
            try await bench.engine.start(4)
            try await bench.until("four have begun") { bench.lines.count == 4 }
            let script = try folder.write(Data("#!/bin/sh\nexec sleep 2\n".utf8), to: "urgent")
            try bench.cluster.client(
                "sbatch",
                [
                    "--partition=urgent", "--job-name=urgent", "--cpus-per-task=2", "--output=\(folder("urgent.log"))",
                    script,
                ])
            try await bench.until("one is told to go") { bench.lines.contains { $0.event == "term" } }
            try await bench.until("the urgent job runs") {
                try bench.cluster.client("squeue", ["--noheader", "--name=urgent", "--states=all", "--format=%T"])
                    .contains(/RUNNING|COMPLETED/)
            }
            #expect(bench.lines.count { $0.event == "term" } == 1)
            #expect(try await bench.engine.workers() == EngineWorkers(pending: 0, running: 3))
        }
    }

    @Test("a worker whose node dies waits in the queue again and starts on another", .timeLimit(.minutes(4)))
    func requeuesAfterNodeDeath() async throws {
        try await TestFolder.with { folder in
            let bench = try SlurmBench(in: folder)
            try await bench.engine.start(1)
            try await bench.until("it has begun") { bench.lines.count == 1 }
            let first = try #require(bench.lines.first)
            // The node's daemon, the job's own, and the job: a machine that lost power.
            for pid in [try bench.cluster.daemon(of: first.node), first.parent, first.pid].compactMap(\.self) {
                #expect(kill(pid, SIGKILL) == 0)
            }
            try await bench.until("the controller notices", within: 90) {
                try await bench.engine.workers() == EngineWorkers(pending: 1, running: 0)
            }
            // Slurm waits for two minutes of its own; the test does not.
            let job = try bench.cluster.client("squeue", ["--noheader", "--array", "--format=%i"])
            try bench.cluster.client(
                "scontrol",
                ["update", "JobId=\(job.trimmingCharacters(in: .whitespacesAndNewlines))", "StartTime=now"])
            try await bench.until("it runs again") { bench.lines.count == 2 }
            let second = try #require(bench.lines.last)
            #expect(second.event == "start" && second.restarts == 1 && second.node != first.node)
            #expect(second.element == first.element && second.database == first.database)
            #expect(try await bench.engine.workers() == EngineWorkers(pending: 0, running: 1))
        }
    }

    @Test("a keeper holds as many workers there as there is work, and lets them leave", .timeLimit(.minutes(3)))
    func keeper() async throws {
        try await TestFolder.with { folder in
            let bench = try SlurmBench(in: folder)
            let queue = FixedDepths(5)
            let keeper = FleetKeeper(
                queue: queue, engine: bench.engine, limits: DemandLimits(maximum: 3, slotsPerWorker: 2))
            #expect(try await keeper.look().started == 3)
            #expect(try await keeper.look().started == 0)
            try await bench.until("three have begun") { bench.lines.count == 3 }
            // One finds nothing to do and leaves, while there is work for two.
            kill(try #require(bench.lines.first?.pid), SIGTERM)
            try await bench.until("one has left") { try await bench.engine.workers().total == 2 }
            queue.set(4)
            #expect(try await keeper.look().started == 0)
            queue.set(100)
            #expect(try await keeper.look().started == 1)
            try await bench.until("its successor runs") { bench.lines.count { $0.event == "start" } == 4 }
        }
    }

    @Test("the script for use by hand starts workers with what Slurm gives them", .timeLimit(.minutes(3)))
    func scriptByHand() async throws {
        try await TestFolder.with { folder in
            let bench = try SlurmBench(in: folder)
            try bench.cluster.client(
                "sbatch",
                [
                    "--array=1-2", "--cpus-per-task=2", "--mem=500M", "--output=\(folder("by-hand-%a.log"))",
                    TestTools.root + "/deploy/slurm/worker.sh",
                ], environment: ["MEZZ": folder("worker"), "MEZZ_DATABASE": "postgres://db"])
            try await bench.until("both have begun") { bench.lines.count == 2 }
            #expect(bench.lines.allSatisfy { $0.database == "postgres://db" })
            let arguments = try folder.text("arguments").split(separator: "\n")
            #expect(
                arguments.allSatisfy {
                    $0.hasPrefix("worker --slots 2 --memory 500 --grace 40 --until-idle 120 --work /")
                }, "\(arguments)")
            #expect(try await bench.engine.workers() == EngineWorkers(pending: 0, running: 2))
        }
    }

    @Test("a controller that does not answer is temporary", .timeLimit(.minutes(2)))
    func controllerGone() async throws {
        try await TestFolder.with { folder in
            let port = try Loopback.freePort()
            let settings = """
                ClusterName=mezz
                SlurmctldHost=localhost(127.0.0.1)
                SlurmctldPort=\(port)
                MessageTimeout=2
                NodeName=n1

                """
            let path = try folder.write(Data(settings.utf8), to: "slurm.conf")
            let engine = try SlurmEngine(
                program: "mezz", command: WorkerInvocation(slots: 1, memory: 1), environment: [:],
                runner: ClientRunner(
                    path: ProcessInfo.processInfo.environment["PATH"] ?? "", environment: ["SLURM_CONF": path]))
            let failure = await #expect(throws: Failure.self) { try await engine.workers() }
            #expect(failure?.status == .temporary, "\(failure?.detail ?? "")")
        }
    }
}
