import Foundation
import MezzCore
import MezzFleet
import MezzMedia
import MezzTestKit
import Testing

@Suite("Workers on AWS Batch")
struct BatchEngineTests {
    private static func engine(_ runner: ClientRunner) throws -> BatchEngine {
        var settings = BatchEngine.Settings(queue: "spare", definition: "mezz")
        settings.region = "us-east-1"
        return try BatchEngine(
            command: WorkerInvocation(slots: 4, memory: 8192, folder: "/scratch"), settings: settings, runner: runner)
    }

    @Test("several workers are one array, one worker is none", arguments: [1, 2, 10_000])
    func submits(count: Int) async throws {
        try await TestFolder.with { folder in
            let aws = try RecordingProgram("aws", in: folder, body: #"echo '{"jobId":"j","jobName":"n"}'"#)
            try await Self.engine(RecordingProgram.runner(in: folder)).start(count)
            let call = try #require(try aws.calls.first)
            #expect(call.arguments.prefix(2) == ["batch", "submit-job"])
            #expect(call.value(of: "--job-queue") == "spare" && call.value(of: "--job-definition") == "mezz")
            #expect(call.value(of: "--array-properties") == (count == 1 ? nil : "size=\(count)"))
            let overrides = try JSONValue(Data(try #require(call.value(of: "--container-overrides")).utf8))
            #expect(
                overrides["command"].items.compactMap(\.string) == [
                    "worker", "--slots", "4", "--memory", "8192", "--grace", "30", "--until-idle", "60", "--work",
                    "/scratch",
                ])
            #expect(overrides["resourceRequirements"][0]["value"].string == "4")
            #expect(overrides["resourceRequirements"][1]["value"].string == "8192")
            #expect(overrides.keys == ["command", "resourceRequirements"])
        }
    }

    @Test("more than an array may have become several, and no array has one element")
    func manyWorkers() async throws {
        try await TestFolder.with { folder in
            let aws = try RecordingProgram("aws", in: folder, body: #"echo '{"jobId":"j","jobName":"n"}'"#)
            try await Self.engine(RecordingProgram.runner(in: folder)).start(20_001)
            #expect(try aws.calls.map { $0.value(of: "--array-properties") } == ["size=10000", "size=10000", nil])
        }
    }

    @Test("elements of arrays count one by one, single jobs once, others' and ended ones not")
    func counts() async throws {
        try await TestFolder.with { folder in
            // An array that is seen under two states, a single job that moves on between two questions.
            let body = #"""
                case "$*" in
                *describe-jobs*) echo '{"jobs":[{"jobId":"a","arrayProperties":{"size":9,"statusSummary":
                    {"RUNNABLE":2,"STARTING":1,"RUNNING":3,"SUCCEEDED":2,"FAILED":1}}}]}';;
                *=PENDING*|*=RUNNABLE*) echo '{"jobSummaryList":[
                    {"jobId":"a","jobName":"mezz-worker","arrayProperties":{"size":9}},
                    {"jobId":"x","jobName":"other"}]}';;
                *=STARTING*) echo '{"jobSummaryList":[{"jobId":"s","jobName":"mezz-worker"},
                    {"jobId":"t","jobName":"mezz-worker"}]}';;
                *=RUNNING*) echo '{"jobSummaryList":[{"jobId":"t","jobName":"mezz-worker"}]}';;
                *) echo '{"jobSummaryList":[]}';;
                esac
                """#
            let aws = try RecordingProgram("aws", in: folder, body: body)
            let engine = try Self.engine(RecordingProgram.runner(in: folder))
            #expect(try await engine.workers() == EngineWorkers(pending: 4, running: 4))
            #expect(try aws.calls.count == 6)
            #expect(
                try aws.calls.allSatisfy {
                    $0.value(of: "--region") == "us-east-1" && $0.value(of: "--output") == "json"
                })
        }
    }

    @Test(
        "what is no answer of AWS is an error",
        arguments: ["", "null", "[]", "{}", "Usage: aws", #"{"jobSummaryList":1}"#])
    func notUnderstood(_ answer: String) async throws {
        try await TestFolder.with { folder in
            _ = try RecordingProgram("aws", in: folder, body: "printf %s '\(answer)'")
            let engine = try Self.engine(RecordingProgram.runner(in: folder))
            #expect(await #expect(throws: Failure.self) { try await engine.workers() }?.status == .failed)
            #expect(await #expect(throws: Failure.self) { try await engine.start(1) }?.status == .failed)
        }
    }

    @Test(
        "on Moto's Batch what was started is counted", .enabled(if: Moto.isHere, Moto.absence), .timeLimit(.minutes(5)))
    func moto() async throws {
        let moto = try Moto()
        // Nothing runs there: jobs stay as they were submitted.
        try await moto.control(
            "/moto-api/state-manager/set-transition",
            #"{"model_name":"batch::job","transition":{"progression":"manual","times":1000000}}"#)
        let role = try await moto.aws([
            "iam", "create-role", "--role-name=batch", "--assume-role-policy-document={}",
        ])
        let environment = try await moto.aws([
            "batch", "create-compute-environment", "--compute-environment-name=workers", "--type=UNMANAGED",
            "--service-role=\(try #require(role["Role"]["Arn"].string))",
        ])
        let order = "order=1,computeEnvironment=\(try #require(environment["computeEnvironmentArn"].string))"
        try await moto.aws([
            "batch", "create-job-queue", "--job-queue-name=spare", "--priority=1", "--state=ENABLED",
            "--compute-environment-order=\(order)",
        ])
        let definition = try JSONValue(
            Data(contentsOf: URL(fileURLWithPath: TestTools.root + "/deploy/batch/job-definition.json")))
        #expect(definition["jobDefinitionName"].string == "mezz")
        try await moto.aws([
            "batch", "register-job-definition",
            "--cli-input-json", "file://\(TestTools.root)/deploy/batch/job-definition.json",
        ])
        let engine = try Self.engine(moto.runner)
        #expect(try await engine.workers() == .none)
        try await engine.start(3)
        try await engine.start(1)
        #expect(try await engine.workers() == EngineWorkers(pending: 4, running: 0))
        var settings = BatchEngine.Settings(queue: "nowhere", definition: "mezz")
        settings.region = "us-east-1"
        let lost = try BatchEngine(
            command: WorkerInvocation(slots: 1, memory: 128), settings: settings, runner: moto.runner)
        let failure = await #expect(throws: Failure.self) { try await lost.start(1) }
        #expect(failure?.status == .failed && failure?.detail.contains("nowhere") == true)
    }

    @Test("a service that nobody answers for is temporary", .enabled(if: Moto.isHere, Moto.absence))
    func nobodyThere() async throws {
        let port = try Loopback.freePort()
        let runner = ClientRunner(
            path: ProcessInfo.processInfo.environment["PATH"] ?? "",
            environment: [
                "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
            ])
        let failure = await #expect(throws: Failure.self) { try await Self.engine(runner).workers() }
        #expect(failure?.status == .temporary, "\(failure?.detail ?? "")")
    }
}
