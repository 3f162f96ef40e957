import Foundation
import MezzCore
import MezzFleet
import MezzMedia
import MezzTestKit
import Testing

@Suite("What Slurm is asked")
struct SlurmCommandTests {
    static let secrets = ["MEZZ_DATABASE": "postgres://mezz:s3cret,x=1@db/mezz", "MEZZ_STORE": "s3://bucket/prefix"]

    private func command() throws -> WorkerInvocation {
        try WorkerInvocation(
            slots: 4, memory: 8192, grace: 30, idle: 90, folder: "/scratch/a b; rm", services: ["a", "b"])
    }

    @Test("workers are elements of one array, with the worker's command line behind the script")
    func arguments() async throws {
        try await TestFolder.with { folder in
            let sbatch = try RecordingProgram("sbatch", in: folder, body: "echo 7")
            var settings = SlurmEngine.Settings()
            settings.partition = "spare"
            settings.account = "video"
            settings.logs = "/shared/logs"
            settings.extra = ["--qos=low", "--gres=scratch:9"]
            let engine = try SlurmEngine(
                program: "/opt/mezz/bin/mezz", command: command(), environment: Self.secrets, settings: settings,
                runner: RecordingProgram.runner(in: folder))
            try await engine.start(5)
            let calls = try sbatch.calls
            let call = try #require(calls.first)
            #expect(calls.count == 1)
            let script = try #require(call.arguments.firstIndex(of: "/opt/mezz/bin/mezz")) - 1
            #expect(
                Array(call.arguments[..<script]) == [
                    "--parsable", "--job-name=mezz-worker", "--array=1-5", "--requeue", "--signal=B:TERM@60",
                    "--open-mode=append", "--nodes=1", "--ntasks=1", "--cpus-per-task=4", "--mem=8192M",
                    "--export=HOME,MEZZ_DATABASE,MEZZ_STORE,PATH", "--partition=spare", "--account=video",
                    "--output=/shared/logs/%x-%A_%a.log", "--qos=low", "--gres=scratch:9",
                ])
            #expect(
                Array(call.arguments[(script + 2)...]) == [
                    "worker", "--slots", "4", "--memory", "8192", "--grace", "30", "--until-idle", "90", "--work",
                    "/scratch/a b; rm", "--services", "a,b",
                ])
            #expect(try String(decoding: sbatch.file(ofCall: 0), as: UTF8.self) == "#!/bin/sh\nexec \"$@\"\n")
            #expect(!FileManager.default.fileExists(atPath: call.arguments[script]))
        }
    }

    @Test("addresses are in the environment, and in no argument or script")
    func secretsStayOut() async throws {
        try await TestFolder.with { folder in
            let sbatch = try RecordingProgram("sbatch", in: folder)
            let engine = try SlurmEngine(
                program: "mezz", command: command(), environment: Self.secrets,
                runner: RecordingProgram.runner(in: folder))
            try await engine.start(1)
            let call = try #require(try sbatch.calls.first)
            #expect(call.environment["MEZZ_DATABASE"] == Self.secrets["MEZZ_DATABASE"])
            let said =
                call.arguments.joined(separator: " ") + String(decoding: try sbatch.file(ofCall: 0), as: UTF8.self)
            #expect(!said.contains("s3cret") && !said.contains("bucket"))
        }
    }

    @Test("more workers than an array may have become several arrays")
    func severalArrays() async throws {
        try await TestFolder.with { folder in
            let sbatch = try RecordingProgram("sbatch", in: folder)
            let engine = try SlurmEngine(
                program: "mezz", command: command(), environment: [:], runner: RecordingProgram.runner(in: folder))
            try await engine.start(2001)
            #expect(try sbatch.calls.compactMap { $0.value(of: "--array") } == ["1-1000", "1-1000", "1-1"])
        }
    }

    @Test("the notice is as long as the worker's grace needs", arguments: [(0, 60), (45, 60), (300, 315)])
    func notice(grace: Int, seconds: Int) async throws {
        try await TestFolder.with { folder in
            let sbatch = try RecordingProgram("sbatch", in: folder)
            let engine = try SlurmEngine(
                program: "mezz", command: WorkerInvocation(slots: 1, memory: 1, grace: grace), environment: [:],
                runner: RecordingProgram.runner(in: folder))
            try await engine.start(1)
            #expect(try sbatch.calls.first?.value(of: "--signal") == "B:TERM@\(seconds)")
        }
    }

    @Test("jobs that wait and jobs that run are counted, and ended ones are not")
    func counts() async throws {
        try await TestFolder.with { folder in
            let states = [
                "PENDING", "PENDING", "RUNNING", "COMPLETED", "CANCELLED", "COMPLETING", "CONFIGURING", "REQUEUED",
                "SUSPENDED", "PREEMPTED", "NODE_FAIL", "REQUEUE_HOLD", "FAILED", "TIMEOUT",
            ]
            let body = "printf '%s\\n' \(states.joined(separator: " "))"
            let squeue = try RecordingProgram("squeue", in: folder, body: body)
            let engine = try SlurmEngine(
                program: "mezz", command: command(), environment: [:], runner: RecordingProgram.runner(in: folder))
            #expect(try await engine.workers() == EngineWorkers(pending: 5, running: 2))
            #expect(try squeue.calls.first?.value(of: "--name") == "mezz-worker")
        }
    }

    @Test("without Slurm's programs it says where to run it")
    func missing() async throws {
        try await TestFolder.with { folder in
            let engine = try SlurmEngine(
                program: "mezz", command: command(), environment: [:], runner: RecordingProgram.runner(in: folder))
            let failure = await #expect(throws: Failure.self) { try await engine.workers() }
            #expect(failure?.status == .unavailable)
            #expect(failure?.what == "squeue not found" && failure?.remedy.contains("submit host") == true)
        }
    }

    @Test(
        "a busy engine is temporary, any other complaint is not",
        arguments: [
            ("slurm_load_jobs error: Unable to contact slurm controller (connect failure)", ExitCode.temporary),
            ("sbatch: error: AssocMaxSubmitJobLimit", .temporary),
            ("sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying.", .temporary),
            ("sbatch: error: invalid partition specified: nowhere", .failed),
        ])
    func complaints(words: String, code: ExitCode) async throws {
        try await TestFolder.with { folder in
            _ = try RecordingProgram("sbatch", in: folder, body: "echo '\(words)' >&2; exit 1")
            let engine = try SlurmEngine(
                program: "mezz", command: command(), environment: [:], runner: RecordingProgram.runner(in: folder))
            let failure = await #expect(throws: Failure.self) { try await engine.start(1) }
            #expect(failure?.status == code.status)
            #expect(failure?.detail == words)
        }
    }

    enum ExitCode {
        case temporary, failed
        var status: MezzCore.ExitStatus { self == .temporary ? .temporary : .failed }
    }

    @Test("names that would be options or lists are refused", arguments: ["", "-x", "a,b", "a b", "a\nb", "ä"])
    func names(_ name: String) throws {
        var settings = SlurmEngine.Settings()
        settings.jobName = name
        let failure = #expect(throws: Failure.self) {
            try SlurmEngine(
                program: "mezz", command: try command(), environment: [:], settings: settings,
                runner: ClientRunner(path: ""))
        }
        #expect(failure?.status == .usage)
        #expect(throws: Failure.self) {
            try SlurmEngine(
                program: "mezz", command: try command(), environment: ["A=1,\(name),B": "x"],
                runner: ClientRunner(path: ""))
        }
    }

    @Test("workers that cannot be are refused", arguments: [(0, 1), (5000, 1), (1, 0), (-1, 1), (1, .max)])
    func impossibleWorkers(slots: Int, memory: Int) {
        #expect(throws: Failure.self) { try WorkerInvocation(slots: slots, memory: memory) }
    }
}
