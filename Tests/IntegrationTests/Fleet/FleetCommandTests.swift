import Foundation
import MezzTestKit
import Testing

@Suite("The commands about a fleet", .timeLimit(.minutes(5)))
struct FleetCommandTests {
    @Test("tell what waits, what it asks for and who is there")
    func looks() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let rig = try await FleetRig(.local, in: folder)
            func json(_ arguments: [String]) async throws -> JSONValue {
                try JSONValue(try await rig.mezz.run(arguments + ["--json"], environment: rig.environment).output)
            }
            #expect(try await json(["fleet", "desired"])["workers"].int == 0)
            let job = try await rig.submit(source, FleetTests.options + ["--class", "urgent"])
            let desired = try await json(["fleet", "desired", "--slots", "1"])
            #expect(desired["workers"].int == 1 && desired["slots"].int == 1)
            #expect(desired["classes"]["urgent"]["ready"].int == 1)
            let status = try await json(["fleet", "status"])
            #expect(status["workers"].items.isEmpty)
            #expect(status["work"][0]["kind"].string == "inspect" && status["work"][0]["class"].string == "urgent")
            #expect(status["missing"].items.count == 1, "no worker has the toolset")
            let jobs = try await json(["jobs"])
            #expect(jobs[0]["job"].string == job && jobs[0]["class"].string == "urgent")
            #expect(jobs[0]["source"].string == SixShots.file)
            let metrics = try await rig.mezz.run(["fleet", "metrics"], environment: rig.environment)
            #expect(metrics.text.contains(#"mezz_queue_needed_slots{class="urgent"} 1"#), "\(metrics.text)")
            let worker = try rig.worker("w", ["--services", "audio"])
            while try await json(["fleet", "status"])["workers"].items.isEmpty {
                try await Task.sleep(for: .milliseconds(100))
            }
            worker.send(SIGTERM)
            #expect(try await worker.end(within: 20).status == 0)
            #expect(try await json(["fleet", "status"])["workers"].items.isEmpty, "it has left the list")
        }
    }

    @Test("quote a job without submitting it, and keep the quote with the job")
    func quotes() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let rig = try await FleetRig(.local, in: folder)
            let price = ["--slot-price", "0.05", "--currency", "EUR"]
            let end = try await rig.mezz.run(
                ["submit", source, "--quote", "--json"] + FleetTests.options + price, environment: rig.environment)
            #expect(end.status == 0, "\(end.errorText)")
            let quote = try JSONValue(end.output)
            #expect(quote["amount"].number ?? 0 > 0 && quote["price"]["currency"].string == "EUR")
            let jobs = try await rig.mezz.run(["jobs", "--json"], environment: rig.environment)
            #expect(try JSONValue(jobs.output).items.isEmpty, "nothing was submitted")

            let job = try await rig.submit(source, FleetTests.options + price)
            let worker = try rig.worker("w", ["--until-idle", "2"])
            let waited = try await rig.mezz.run(["wait", job, "--json"], environment: rig.environment)
            #expect(waited.status == 0, "\(waited.errorText)")
            let cost = try JSONValue(waited.output)["cost"]
            #expect(cost["price"]["per_slot_hour"].number == 0.05, "the quote's")
            let expected = try #require(cost["forecast"]["slot_seconds"].number)
            let promised = quote["forecast"]["stages"].items.reduce(0) { $0 + ($1["slot_seconds"].number ?? 0) }
            #expect(abs(expected - promised) < 0.05)
            #expect(cost["forecast"]["error_percent"].number != nil)
            #expect(try await worker.end(within: 60).status == 0)
        }
    }

    @Test("a simulation gives the same numbers again, and a drawing")
    func simulates() async throws {
        try await TestFolder.with { folder in
            let mezz = try MezzProgram(in: folder)
            let arguments = [
                "simulate", "--titles", "5", "--workers", "50", "--minutes", "3", "--zone-lost", "0.2", "--json",
            ]
            var reports: [JSONValue] = []
            for _ in 0..<2 {
                let end = try await mezz.run(arguments + ["--plot", folder("fleet.svg")])
                #expect(end.status == 0, "\(end.errorText)")
                reports.append(try JSONValue(end.output))
            }
            #expect(reports[0]["succeeded"].int == 5)
            for key in ["tasks", "makespan", "utilisation", "wasted", "operations"] {
                #expect(reports[0][key] == reports[1][key], "\(key)")
            }
            #expect(try folder.text("fleet.svg").contains("5 titles on 50 workers"))
        }
    }

    @Test(
        "an engine's options are refused for another engine, and missing ones named",
        arguments: [
            (["--on", "slurm", "--image", "x"], "--image is for --on kubernetes"),
            (["--on", "batch"], "--job-queue"), (["--on", "kubernetes", "--image", "x"], "--secret"),
        ] as [([String], String)])
    func engineOptions(_ arguments: [String], _ word: String) async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(["fleet", "run"] + arguments)
            #expect(end.status == 64)
            #expect(end.errorText.contains(word), "\(end.errorText)")
        }
    }
}
