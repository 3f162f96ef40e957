import Foundation
import Glibc
import MezzTestKit
import Testing

extension Tag {
    @Tag static var fleet: Self
}

@Suite("One title on several workers", .serialized, .timeLimit(.minutes(10)))
struct FleetTests {
    static let options = ["--ladder", "per-shot", "--codec", "avc", "--effort", "quick", "--preset", "ultrafast"]

    @Test("gives the bytes of one machine, its quality measured", .tags(.slow), arguments: FleetGround.available)
    func sameBytes(_ ground: FleetGround) async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let rig = try await FleetRig(ground, in: folder)
            let whole = try await rig.mezz.run(["encode", source, "-o", "whole"] + Self.options)
            #expect(whole.status == 0, "\(whole.errorText)")
            let job = try await rig.submit(source, Self.options)
            #expect(try await rig.submit(source, Self.options) == job, "the same job however often")
            let workers = try (0..<3).map { try rig.worker("w\($0)", ["--until-idle", "4"]) }
            let waited = try await rig.wait(job, to: "fleet")
            #expect(waited.status == 0, "\(waited.errorText)")
            let package = try EncodedPackage("fleet", in: folder)
            #expect(try package.media() == EncodedPackage("whole", in: folder).media())
            #expect(package.report["ladder"]["rungs"].items.allSatisfy { $0["quality"]["mean"].number ?? 0 > 50 })
            try package.expectOnDemandLayout()
            var done: [Int] = []
            for worker in workers {
                let end = try await worker.end(within: 60)
                #expect(end.status == 0, "\(end.errorText)")
                done.append(try JSONValue(end.output)["done"].int ?? 0)
            }
            #expect(done.count(where: { $0 > 0 }) >= 2, "the work was shared: \(done)")
            #expect(try await rig.status(job)["state"].string == "succeeded")
            for worker in 0..<3 {
                #expect(folder.names(in: "w\(worker)/worker-0/scratch").isEmpty)
            }
        }
    }

    @Test(
        "loses nothing but time to killed workers and deleted folders", .tags(.slow), arguments: FleetGround.available)
    func killedWorkers(_ ground: FleetGround) async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let rig = try await FleetRig(ground, in: folder)
            let whole = try await rig.mezz.run(["encode", source, "-o", "whole"] + Self.options)
            #expect(whole.status == 0, "\(whole.errorText)")
            let job = try await rig.submit(source, Self.options)
            let lease = ["--lease", "3"]
            for round in 0..<3 {
                let victim = try rig.worker("victim-\(round)", lease)
                try await Task.sleep(for: .seconds(1.5))
                victim.send(SIGKILL)
                _ = try await victim.end(within: 10)
                #expect(try await victim.familyEnds(within: 5))
            }
            let survivor = try rig.worker("survivor", lease)
            try await Task.sleep(for: .seconds(1.5))
            try folder.removeBusy("survivor")
            let waited = try await rig.wait(job, to: "fleet")
            #expect(waited.status == 0, "\(waited.errorText)")
            #expect(try EncodedPackage("fleet", in: folder).media() == EncodedPackage("whole", in: folder).media())
            survivor.send(SIGTERM)
            #expect(try await survivor.end(within: 30).status == 0)
        }
    }

    @Test("a worker that is told to end hands its task back at once", .tags(.slow))
    func drains() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let rig = try await FleetRig(.local, in: folder)
            let job = try await rig.submit(source, Self.options)
            let worker = try rig.worker("w", ["--grace", "5"])
            while try await rig.status(job)["running"].items.isEmpty { try await Task.sleep(for: .milliseconds(100)) }
            worker.send(SIGTERM)
            let end = try await worker.end(within: 10)
            #expect(end.status == 0, "\(end.errorText)")
            let status = try await rig.status(job)
            #expect(status["running"].items.isEmpty)
            #expect(status["failures"].items.isEmpty, "handing back is no failure")
            #expect(try await worker.familyEnds(within: 2))
        }
    }

    @Test("a source that cannot be encoded is refused before anything is stored")
    func refusesEarly() async throws {
        try await TestFolder.with { folder in
            let rig = try await FleetRig(.local, in: folder)
            try Data("not media".utf8).write(to: URL(fileURLWithPath: folder("text.mov")))
            let end = try await rig.mezz.run(["submit", folder("text.mov")], environment: rig.environment)
            #expect(end.status == 65, "\(end.errorText)")
            #expect(end.errorText.contains("text.mov"))
            let jobs = try await rig.mezz.run(["jobs", "--json"], environment: rig.environment)
            #expect(try JSONValue(jobs.output).items.isEmpty)
        }
    }

    @Test("a cancelled job ends for whoever waits, and runs again when it is taken up")
    func cancels() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let rig = try await FleetRig(.local, in: folder)
            let job = try await rig.submit(source, Self.options)
            #expect(try await rig.mezz.run(["cancel", job], environment: rig.environment).status == 0)
            let waited = try await rig.wait(job, to: "out")
            #expect(waited.status == 2, "\(waited.errorText)")
            #expect(!FileManager.default.fileExists(atPath: folder("out/report.json")))
            #expect(try await rig.mezz.run(["retry", job], environment: rig.environment).status == 0)
            #expect(try await rig.status(job)["state"].string == "queued")
        }
    }

    @Test(
        "says what is missing or wrong on the command line",
        arguments: [
            (["jobs"], 64, "MEZZ_DATABASE"), (["jobs", "--database", "mysql://x"], 64, "sqlite:PATH"),
            (["submit", "x.mov", "--database", "sqlite:x.db", "--store", "ftp://x"], 64, "s3://"),
            (["status", "nothing", "--database", "sqlite:x.db"], 64, "no such job"),
            (["worker", "--work", "w", "--services", "cooking"], 64, "--services"),
        ] as [([String], Int, String)])
    func refuses(_ arguments: [String], _ status: Int, _ word: String) async throws {
        try await TestFolder.with { folder in
            _ = FileManager.default.createFile(atPath: folder("x.mov"), contents: Data("x".utf8))
            let end = try await MezzProgram(in: folder).run(arguments)
            #expect(Int(end.status) == status, "\(end.errorText)")
            #expect(end.errorText.contains(word), "\(end.errorText)")
        }
    }
}
