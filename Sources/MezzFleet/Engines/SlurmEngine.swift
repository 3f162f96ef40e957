import FoundationEssentials
package import MezzCore
package import MezzMedia

/// Workers as elements of Slurm job arrays, through `sbatch` and `squeue`.
package struct SlurmEngine: ComputeEngine {
    /// How jobs are submitted.
    package struct Settings: Sendable {
        /// Tells this fleet's jobs from others of the same user.
        package var jobName = "mezz-worker"
        package var partition: String?
        package var account: String?
        /// Folder for what workers print, seen by all nodes; `nil` leaves it to Slurm: the current folder.
        package var logs: String?
        /// Further arguments of `sbatch`, such as `--gres=scratch:100` or `--qos=spare`.
        package var extra: [String] = []
        /// Elements of one array; a cluster's `MaxArraySize` is 1001 unless it was changed.
        package var arraySize = 1000

        package init() {}
    }

    package let name = "slurm"
    private let program: String
    private let command: WorkerInvocation
    private let settings: Settings
    private let client: EngineClient
    private let exported: [String]

    /// - Parameters:
    ///   - program: The path of mezz on the nodes, or its name if their PATH has it.
    ///   - environment: What workers find in their environment, the addresses of database and store among it.
    ///     `sbatch` is given the names on its command line and the values in its own environment.
    /// - Throws: `Failure` (`usage`) for names that cannot be.
    package init(
        program: String, command: WorkerInvocation, environment: [String: String], settings: Settings = Settings(),
        runner: ClientRunner
    ) throws(Failure) {
        try EngineName.check(settings.jobName, what: "job name")
        for name in environment.keys { try EngineName.check(name, what: "name of a variable") }
        self.program = program
        self.command = command
        self.settings = settings
        exported = Set(environment.keys).union(["HOME", "PATH"]).sorted()
        client = EngineClient("sbatch", runner: runner, environment: environment, dialect: Self.dialect)
    }

    static let dialect = EngineClient.Dialect(
        installation: "run this on a submit host of the cluster, or install Slurm's client programs",
        busy: [
            "unable to contact slurm controller", "socket timed out", "zero bytes were transmitted",
            "temporarily unable", "connection refused", "connection timed out", "submitjoblimit", "submit limit",
            "maxjobcount", "backup controller", "slurm_persist_conn", "accounting/qos policy",
        ])

    package func workers() async throws -> EngineWorkers {
        let data = try await client.called("squeue").ask([
            "--noheader", "--array", "--me", "--name=\(settings.jobName)", "--states=all", "--format=%T",
        ])
        return Self.count(String(decoding: data, as: UTF8.self))
    }

    /// Counts lines of states. Ended jobs stay in the list for some minutes; one that is completing is on its way out,
    /// or will be pending in a moment if it was preempted.
    static func count(_ states: String) -> EngineWorkers {
        var (pending, running) = (0, 0)
        for state in states.split(whereSeparator: \.isWhitespace) {
            switch state {
            case "PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_FED", "RESV_DEL_HOLD", "REQUEUE_HOLD", "SPECIAL_EXIT":
                pending += 1
            case "RUNNING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT", "RESIZING": running += 1
            default: break
            }
        }
        return EngineWorkers(pending: pending, running: running)
    }

    package func start(_ count: Int) async throws {
        let folder = try TemporaryFolder("slurm")
        defer { folder.remove() }
        let script = folder.path + "/worker.sh"
        try Data(Self.script.utf8).write(to: URL(filePath: script))
        var left = count
        while left > 0 {
            let size = min(left, settings.arraySize)
            _ = try await client.ask(arguments(size, script: script))
            left -= size
        }
    }

    /// The batch script replaces itself by the worker, whose command line follows as arguments: signals for the batch
    /// step reach the worker, and no shell looks at the words.
    static let script = "#!/bin/sh\nexec \"$@\"\n"

    func arguments(_ count: Int, script: String) -> [String] {
        // Slurm may send the signal up to a minute before its time.
        var list = [
            "--parsable", "--job-name=\(settings.jobName)", "--array=1-\(count)", "--requeue",
            "--signal=B:TERM@\(max(60, command.notice))", "--open-mode=append", "--nodes=1", "--ntasks=1",
            "--cpus-per-task=\(command.slots)", "--mem=\(command.memory)M",
            "--export=\(exported.joined(separator: ","))",
        ]
        if let partition = settings.partition { list.append("--partition=\(partition)") }
        if let account = settings.account { list.append("--account=\(account)") }
        if let logs = settings.logs { list.append("--output=\(logs)/%x-%A_%a.log") }
        return list + settings.extra + [script, program] + command.arguments
    }
}
