import Foundation
import Glibc
import MezzTestKit
import Testing

@Suite(
    "One title on a Slurm cluster of four nodes", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: SlurmCluster.isInstalled, Comment(rawValue: SlurmCluster.absence)))
struct SlurmFleetTests {
    @Test("gives the bytes of one machine, with a node killed half way", .tags(.slow))
    func nodeKilled() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let rig = try await FleetRig(.local, in: folder)
            let whole = try await rig.mezz.run(["encode", source, "-o", "whole"] + FleetTests.options)
            #expect(whole.status == 0, "\(whole.errorText)")
            let job = try await rig.submit(source, FleetTests.options)
            let cluster = try SlurmCluster()
            let environment = rig.environment.merging(cluster.environment) { own, _ in own }
            let keep = [
                "fleet", "run", "--on", "slurm", "--once", "--slots", "1", "--memory", "500", "--max", "4", "--min",
                "4",
                "--until-idle", "10", "--lease", "5", "--work", folder("nodes"), "--logs", folder.path,
            ]
            let keeper = try await rig.mezz.run(keep, environment: environment)
            #expect(keeper.status == 0, "\(keeper.errorText)")
            #expect(keeper.errorText.contains("started 4"), "\(keeper.errorText)")
            try await until("some work is done and some is not") {
                let status = try await rig.status(job)
                let done = status["stages"].items.reduce(0) { $0 + ($1["done"].int ?? 0) }
                return done >= 6 && !status["running"].items.isEmpty
            }
            try kill("n1", of: cluster, workingFor: rig)
            let waited = try await rig.wait(job, to: "fleet")
            #expect(waited.status == 0, "\(waited.errorText)")
            #expect(try EncodedPackage("fleet", in: folder).media() == EncodedPackage("whole", in: folder).media())
        }
    }

    /// Ends the node's daemon and what it runs for this fleet at once, as a power cut would.
    private func kill(_ node: String, of cluster: SlurmCluster, workingFor rig: FleetRig) throws {
        let marks = ["SLURMD_NODENAME=\(node)", "MEZZ_DATABASE=\(rig.environment["MEZZ_DATABASE"] ?? "")"]
        let workers = ProcessList.all.filter { pid in marks.allSatisfy(ProcessList.environment(of: pid).contains) }
        #expect(!workers.isEmpty, "a worker runs on \(node)")
        // A worker's parent is the step's own daemon, which would tell the controller.
        let steps = Set(workers.map(ProcessList.parent)).subtracting([0, 1])
        for pid in [try cluster.daemon(of: node)] + steps + workers { Glibc.kill(pid, SIGKILL) }
    }

    private func until(_ what: Comment, _ isSo: () async throws -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(120)
        while try await !isSo() {
            try #require(ContinuousClock.now < limit, what)
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}

/// Living processes, as the kernel lists them.
private enum ProcessList {
    static var all: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    static func environment(of pid: Int32) -> Set<String> {
        let data = FileManager.default.contents(atPath: "/proc/\(pid)/environ") ?? Data()
        return Set(data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
    }

    static func parent(of pid: Int32) -> Int32 {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        // The name in brackets may hold anything, a bracket too.
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 1 ? Int32(fields[1]) ?? 0 : 0
    }
}
