package import FoundationEssentials
package import MezzCore
package import MezzMedia

/// Workers as pods of Kubernetes Jobs, through `kubectl`.
///
/// Jobs, not a Deployment: a worker leaves when it finds no work, which a Job takes for success and a Deployment for a
/// crash; and a Deployment that shrinks ends pods that it picks itself, busy ones too. On spot nodes a Job replaces a pod
/// that was evicted without counting it as failed (`podFailurePolicy`, Kubernetes 1.26 and later).
package struct KubernetesEngine: ComputeEngine {
    /// Where and how pods run.
    package struct Settings: Sendable {
        /// Tells this fleet's Jobs from others in the same namespace.
        package var fleet = "mezz-worker"
        package var image: String
        package var namespace = "default"
        /// A Secret whose keys become the workers' environment: MEZZ_DATABASE, MEZZ_STORE and what the store needs.
        package var secret: String
        /// A context of the client's configuration; `nil` means the current one.
        package var context: String?
        package var serviceAccount: String?
        /// Labels a node must have.
        package var nodeSelector: [String: String] = [:]
        /// Keys of taints that pods tolerate, whatever value and effect: those of spot nodes.
        package var tolerations: [String] = []

        package init(image: String, secret: String) {
            self.image = image
            self.secret = secret
        }
    }

    package let name = "kubernetes"
    private let command: WorkerInvocation
    private let settings: Settings
    private let client: EngineClient

    /// - Throws: `Failure` (`usage`) for names that cannot be.
    package init(command: WorkerInvocation, settings: Settings, runner: ClientRunner) throws(Failure) {
        // Names of pods get a hyphen and letters behind it.
        try EngineName.check(settings.fleet, what: "name of a fleet", most: 40)
        try EngineName.check(settings.namespace, what: "namespace")
        try EngineName.check(settings.secret, what: "name of a Secret", most: 253)
        var command = command
        // The root file system is read-only: everything is kept on the volume.
        command.folder = command.folder ?? "/scratch"
        self.command = command
        self.settings = settings
        client = EngineClient("kubectl", runner: runner, environment: [:], dialect: Self.dialect)
    }

    private static let dialect = EngineClient.Dialect(
        installation: "install Kubernetes' command line client",
        busy: [
            "unable to connect to the server", "connection refused", "the connection to the server", "i/o timeout",
            "tls handshake timeout", "toomanyrequests", "too many requests", "exceeded quota", "serviceunavailable",
            "the server is currently unable", "etcdserver", "internalerror", "deadline exceeded",
        ])

    package func workers() async throws -> EngineWorkers {
        let data = try await client.ask(
            ["get", "jobs.batch", "--selector=\(KubernetesJob.fleetLabel)=\(settings.fleet)", "--output=json"]
                + options)
        return try Self.count(data)
    }

    /// Counts the pods of Jobs that have not ended.
    static func count(_ data: Data) throws(Failure) -> EngineWorkers {
        let list: JobList
        do {
            list = try JSONDecoder().decode(JobList.self, from: data)
        } catch {
            throw Failure(
                .failed, what: "an answer that is not understood", place: "kubectl get jobs",
                remedy: "check that `kubectl` is Kubernetes' client",
                detail: String(decoding: data.prefix(500), as: UTF8.self).printable)
        }
        var (pending, running) = (0, 0)
        for job in list.items where !job.hasEnded && job.spec.suspend != true {
            let unfinished = max(0, job.spec.completions ?? 1) - max(0, job.status?.succeeded ?? 0)
            let left = max(0, min(job.spec.parallelism ?? 1, unfinished, 1_000_000))
            // Pods count as active before they run; `ready` is told since Kubernetes 1.24.
            let ready = min(left, max(0, job.status?.ready ?? 0))
            running += ready
            pending += left - ready
        }
        return EngineWorkers(pending: pending, running: running)
    }

    package func start(_ count: Int) async throws {
        let folder = try TemporaryFolder("kubernetes")
        defer { folder.remove() }
        let path = folder.path + "/job.json"
        try manifest(count).write(to: URL(filePath: path))
        _ = try await client.ask(["create", "--filename=\(path)", "--output=name"] + options)
    }

    /// The Job for `count` workers, as JSON.
    package func manifest(_ count: Int) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(KubernetesJob(count: count, command: command, settings: settings))
    }

    private var options: [String] {
        ["--namespace=\(settings.namespace)", "--request-timeout=30s"]
            + (settings.context.map { ["--context=\($0)"] } ?? [])
    }
}

private struct JobList: Decodable {
    struct Job: Decodable {
        struct Spec: Decodable {
            let parallelism: Int?
            let completions: Int?
            let suspend: Bool?
        }

        struct Status: Decodable {
            struct Condition: Decodable {
                let type: String
                let status: String
            }

            let ready: Int?
            let succeeded: Int?
            let conditions: [Condition]?
        }

        let spec: Spec
        let status: Status?

        var hasEnded: Bool {
            (status?.conditions ?? []).contains { ["Complete", "Failed"].contains($0.type) && $0.status == "True" }
        }
    }

    let items: [Job]
}
