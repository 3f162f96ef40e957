import Foundation
import MezzCore
import MezzFleet
import MezzMedia
import MezzTestKit
import Testing

@Suite("Workers on Kubernetes")
struct KubernetesEngineTests {
    private static let validator = ServerProcess.program("kubernetes-validate")
    private static let noValidator = Comment(
        rawValue: "no kubernetes-validate here (pip install kubernetes-validate), so no schema is checked")

    private static func engine(_ runner: ClientRunner, fleet: String = "mezz-worker") throws -> KubernetesEngine {
        var settings = KubernetesEngine.Settings(image: "registry.example/mezz:1", secret: "mezz")
        settings.fleet = fleet
        settings.namespace = "media"
        settings.tolerations = ["cloud.example/spot"]
        settings.nodeSelector = ["pool": "spot"]
        return try KubernetesEngine(
            command: WorkerInvocation(slots: 4, memory: 8192, grace: 45), settings: settings, runner: runner)
    }

    private static func runner(_ server: KubernetesStandIn, in folder: TestFolder) throws -> ClientRunner {
        ClientRunner(
            path: ProcessInfo.processInfo.environment["PATH"] ?? "", environment: try server.environment(in: folder))
    }

    @Test("the Job runs so many workers, with secrets by reference and time to hand back")
    func manifest() throws {
        let job = try JSONValue(Self.engine(ClientRunner(path: "")).manifest(7))
        #expect(job["apiVersion"].string == "batch/v1" && job["kind"].string == "Job")
        #expect(job["metadata"]["generateName"].string == "mezz-worker-")
        #expect(job["spec"]["parallelism"].int == 7 && job["spec"]["completions"].int == 7)
        let rule = job["spec"]["podFailurePolicy"]["rules"][0]
        #expect(rule["action"].string == "Ignore")
        #expect(rule["onPodConditions"][0]["type"].string == "DisruptionTarget")
        let pod = job["spec"]["template"]["spec"]
        #expect(pod["restartPolicy"].string == "Never")
        #expect(pod["terminationGracePeriodSeconds"].int == 60)
        #expect(pod["tolerations"][0]["key"].string == "cloud.example/spot")
        #expect(pod["nodeSelector"]["pool"].string == "spot")
        let container = pod["containers"][0]
        #expect(
            container["args"].items.compactMap(\.string) == [
                "worker", "--slots", "4", "--memory", "8192", "--grace", "45", "--until-idle", "60", "--work",
                "/scratch",
            ])
        #expect(container["envFrom"][0]["secretRef"]["name"].string == "mezz")
        #expect(container["resources"]["requests"]["cpu"].string == "4")
        #expect(container["resources"]["limits"]["memory"].string == "8448Mi")
        #expect(container["resources"]["limits"]["cpu"] == .null)
    }

    @Test("Kubernetes' schema has nothing to say against the Job", .enabled(if: validator != nil, noValidator))
    func schema() async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(Self.engine(ClientRunner(path: "")).manifest(2), to: "job.json")
            let check = try Child(try #require(Self.validator), ["--strict", "--quiet", path], in: folder)
            let end = try await check.end(within: 120)
            #expect(end.status == 0, "\(end.text)\(end.errorText)")
        }
    }

    @Test("Kubernetes' schema has nothing to say against the examples", .enabled(if: validator != nil, noValidator))
    func examples() async throws {
        let folder = TestTools.root + "/deploy/kubernetes"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("keda-") }.map { folder + "/" + $0 }
        #expect(files.count >= 4)
        try await TestFolder.with { scratch in
            let check = try Child(try #require(Self.validator), ["--strict", "--quiet"] + files.sorted(), in: scratch)
            let end = try await check.end(within: 120)
            #expect(end.status == 0, "\(end.text)\(end.errorText)")
        }
    }

    @Test(
        "kubectl creates Jobs, and counts the pods of those that have not ended",
        .enabled(if: KubernetesStandIn.isClientInstalled, Comment(rawValue: KubernetesStandIn.absence)),
        .timeLimit(.minutes(3)))
    func createsAndCounts() async throws {
        try await TestFolder.with { folder in
            let server = try KubernetesStandIn()
            let runner = try Self.runner(server, in: folder)
            let engine = try Self.engine(runner)
            #expect(try await engine.workers() == .none)
            for count in [4, 3, 2, 5] { try await engine.start(count) }
            try await Self.engine(runner, fleet: "other").start(9)
            #expect(try await engine.workers() == EngineWorkers(pending: 14, running: 0))
            server.setStatus(#"{"active":3,"ready":2,"succeeded":1}"#, ofJob: 0)
            server.setStatus(#"{"active":3,"ready":3}"#, ofJob: 1)
            server.setStatus(#"{"succeeded":2,"conditions":[{"type":"Complete","status":"True"}]}"#, ofJob: 2)
            server.setStatus(#"{"failed":7,"conditions":[{"type":"Failed","status":"True"}]}"#, ofJob: 3)
            #expect(try await engine.workers() == EngineWorkers(pending: 1, running: 5))
            #expect(server.given.count == 5)
            #expect(server.given.first?["spec"]["parallelism"].int == 4)
        }
    }

    @Test(
        "a cluster that nobody answers for is temporary",
        .enabled(if: KubernetesStandIn.isClientInstalled, Comment(rawValue: KubernetesStandIn.absence)))
    func nobodyThere() async throws {
        try await TestFolder.with { folder in
            let environment = try KubernetesStandIn().environment(in: folder)
            let config = try folder.text("kubeconfig")
                .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:\(try Loopback.freePort())")
            try folder.write(Data(config.utf8), to: "kubeconfig")
            let runner = ClientRunner(
                path: ProcessInfo.processInfo.environment["PATH"] ?? "", environment: environment)
            let failure = await #expect(throws: Failure.self) { try await Self.engine(runner).workers() }
            #expect(failure?.status == .temporary, "\(failure?.detail ?? "")")
        }
    }

    @Test("numbers out of range in the server's answer do not trap", arguments: ["-5", "0", "9223372036854775807"])
    func hostileNumbers(_ number: String) async throws {
        try await TestFolder.with { folder in
            let list = """
                {"items":[{"spec":{"parallelism":\(number),"completions":\(number)},
                "status":{"ready":\(number),"succeeded":\(number)}},{"spec":{}}]}
                """
            let path = try folder.write(Data(list.utf8), to: "list")
            _ = try RecordingProgram("kubectl", in: folder, body: "cat '\(path)'")
            let workers = try await Self.engine(RecordingProgram.runner(in: folder)).workers()
            #expect(workers.pending >= 0 && workers.running >= 0)
        }
    }
}
