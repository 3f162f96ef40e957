import ArgumentParser
import Foundation
import MezzCore
import MezzFleet
import MezzMedia
import MezzPipeline
import MezzWorkflow

/// What runs a fleet's machines.
enum EngineKind: String, ExpressibleByArgument, CaseIterable {
    case slurm
    case batch
    case kubernetes
}

/// `mezz fleet run`: keeps an engine's workers in step with the work.
struct FleetRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Start as many workers on an engine as the queue has work for.",
        discussion: """
            Machines are the engine's affair: placement, restart, preemption and quotas. Workers leave by themselves when \
            they find nothing to do. They get the addresses of database and store through their environment \
            (MEZZ_DATABASE and MEZZ_STORE: on Slurm from here, on Kubernetes from a Secret, on Batch from the job \
            definition), never as arguments.
            """)

    @Option(help: ArgumentHelp("The engine: slurm, batch or kubernetes.", valueName: "engine"))
    var on: EngineKind

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @Option(
        help: ArgumentHelp(
            "A folder, or s3://BUCKET/PREFIX, for workers on Slurm. (default: MEZZ_STORE)", valueName: "place"))
    var store: String?

    @OptionGroup(title: "Size")
    var size: FleetSizeOptions

    @Option(help: ArgumentHelp("Memory of each worker.", valueName: "MiB"))
    var memory = 8_192

    @Option(help: ArgumentHelp("Time a worker has to end when the engine takes its machine.", valueName: "seconds"))
    var grace = 30

    @Option(help: ArgumentHelp("A worker without work leaves after so long.", valueName: "seconds"))
    var untilIdle = 60

    @Option(
        help: ArgumentHelp("How long a worker's tasks stay with it when it dies. (default: 60)", valueName: "seconds"))
    var lease: Int?

    @Option(help: ArgumentHelp("Workers serve these alone: \(ServiceList.all). (default: all)", valueName: "name,..."))
    var services: ServiceList?

    @Option(help: ArgumentHelp("Folder of a worker on its machine.", valueName: "dir"))
    var work: String?

    @Option(help: ArgumentHelp("Time between two looks.", valueName: "seconds"))
    var period = 15.0

    @Flag(help: "Look once and end, for cron.")
    var once = false

    @OptionGroup(title: "Engine")
    var engine: EngineOptions

    func validate() throws {
        if let lease, lease < 3 || lease > 3_600 { throw ValidationError("--lease takes 3 to 3600 seconds") }
        guard period >= 1, period <= 86_400 else { throw ValidationError("--period takes 1 to 86400 seconds") }
        try engine.check(for: on)
    }

    func run() async throws {
        let tools = try await Tooling.find()
        let queue = try await database.queue(tools: tools)
        let keeper = FleetKeeper(
            queue: queue, engine: try makeEngine(), limits: size.limits,
            scope: WorkScope(kinds: services?.kinds, stamp: queue.stamp), period: .seconds(period),
            observer: { Output.error("\(Date().formatted(.iso8601)) \($0)") })
        let once = once
        try await Interruptible.run(
            onSignal: {},
            {
                if once { try await keeper.look() } else { try await keeper.run() }
            })
    }

    private func makeEngine() throws -> any ComputeEngine {
        let invocation = try WorkerInvocation(
            slots: size.slots, memory: memory, grace: grace, idle: untilIdle, folder: work,
            lease: lease,
            services: services?.services.map(\.rawValue) ?? [])
        let environment = ProcessInfo.processInfo.environment
        let runner = ClientRunner(path: environment["PATH"] ?? "/usr/bin:/bin")
        switch on {
        case .slurm:
            return try SlurmEngine(
                program: engine.program ?? CommandLine.arguments.first.map(Self.absolute) ?? "mezz",
                command: invocation,
                environment: try slurmEnvironment(environment), settings: engine.slurm, runner: runner)
        case .batch: return try BatchEngine(command: invocation, settings: try engine.batch(), runner: runner)
        case .kubernetes:
            return try KubernetesEngine(command: invocation, settings: try engine.kubernetes(), runner: runner)
        }
    }

    private static func absolute(_ program: String) -> String {
        program.contains("/") ? URL(fileURLWithPath: program).standardizedFileURL.path : program
    }

    /// What workers on Slurm's nodes find in their environment: their own addresses and what reaches the store.
    private func slurmEnvironment(_ environment: [String: String]) throws -> [String: String] {
        var own = environment.filter { $0.key.hasPrefix("AWS_") || $0.key.hasPrefix("MEZZ_") || $0.key.hasPrefix("PG") }
        own["MEZZ_DATABASE"] = database.database ?? own["MEZZ_DATABASE"]
        own["MEZZ_STORE"] = store ?? own["MEZZ_STORE"]
        guard own["MEZZ_STORE"] != nil else {
            throw Failure(
                .usage, what: "--store is missing", place: "command line",
                remedy: "name a folder that all nodes see or s3://BUCKET/PREFIX, or set MEZZ_STORE")
        }
        return own
    }
}
