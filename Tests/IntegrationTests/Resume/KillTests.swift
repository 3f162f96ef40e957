import Foundation
import Glibc
import MezzTestKit
import MezzWorkflow
import Testing

@Suite("An encode whose process is killed", .serialized, .timeLimit(.minutes(15)))
struct KillTests {
    static let options = ["--ladder", "per-shot", "--codec", "avc", "--effort", "quick", "--preset", "ultrafast"]

    @Test(
        "finishes when it is run again: same bytes, no child left behind, nothing done twice", .tags(.slow),
        arguments: [1, 2, 3] as [UInt64])
    func killed(seed: UInt64) async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let whole = try await mezz.run(["encode", source, "-o", "whole"] + Self.options)
            #expect(whole.status == 0, "\(whole.errorText)")
            let command = ["encode", source, "-o", "cut"] + Self.options
            let snapshots = try await killRepeatedly(command, mezz, folder, seed: seed, usualSeconds: whole.seconds)
            let last = try await mezz.run(command)
            #expect(last.status == 0, "\(last.errorText)")
            #expect(try EncodedPackage("cut", in: folder).media() == EncodedPackage("whole", in: folder).media())
            try await expectNothingTwice(snapshots, in: folder)
        }
    }

    /// Starts the command and kills it, several times, at moments spread over the time it usually takes.
    private func killRepeatedly(
        _ command: [String], _ mezz: MezzProgram, _ folder: TestFolder, seed: UInt64, usualSeconds: Double
    ) async throws -> [QueueSnapshot] {
        var dice = SeededDice(seed: seed)
        var snapshots: [QueueSnapshot] = []
        for round in 1...5 {
            let child = try mezz.start(command)
            try await Task.sleep(for: .seconds(Double.random(in: 0.03...0.45, using: &dice) * usualSeconds))
            child.send(SIGKILL)
            let end = try await child.end(within: 10)
            let isAlone = try await child.familyEnds(within: 5)
            #expect(isAlone, "round \(round): \(child.family()) live on")
            if end.signal == SIGKILL { Refusal(status: 137, words: []).expectNoPartialPackage(in: "cut", of: folder) }
            snapshots.append(try QueueSnapshot(of: "cut", in: folder, as: "snapshot-\(round)"))
        }
        return snapshots
    }

    /// A task that had succeeded was not leased again.
    private func expectNothingTwice(_ snapshots: [QueueSnapshot], in folder: TestFolder) async throws {
        let job = try #require(QueueSnapshot.job(of: "cut", in: folder))
        let final = try await QueueSnapshot(of: "cut", in: folder, as: "snapshot-final").succeeded(job)
        #expect(!final.isEmpty)
        var known = 0
        for snapshot in snapshots {
            for (name, before) in try await snapshot.succeeded(job) {
                known += 1
                #expect(final[name]?.attempts == before.attempts, "\(name)")
                #expect(final[name]?.started == before.started, "\(name)")
                #expect(final[name]?.finished == before.finished, "\(name)")
            }
        }
        #expect(known > 0, "every kill came before the first task had ended")
    }
}

extension Refusal {
    /// A package appears name by name, the report last: without it, nothing claims to be whole.
    func expectNoPartialPackage(in output: String, of folder: TestFolder) {
        let names = Set(folder.names(in: output))
        if names.contains("report.json") { #expect(names.isSuperset(of: PackageContract.required), "\(names)") }
    }
}
