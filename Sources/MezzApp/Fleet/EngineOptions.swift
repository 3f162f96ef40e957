import ArgumentParser
import MezzCore
import MezzFleet

/// What the engines want to know.
struct EngineOptions: ParsableArguments {
    @Option(help: ArgumentHelp("slurm: mezz on the nodes. (default: this one's path)", valueName: "path"))
    var program: String?

    @Option(help: ArgumentHelp("slurm: the partition.", valueName: "name"))
    var partition: String?

    @Option(help: ArgumentHelp("slurm: the account.", valueName: "name"))
    var account: String?

    @Option(help: ArgumentHelp("slurm: folder for what workers print.", valueName: "dir"))
    var logs: String?

    @Option(help: ArgumentHelp("slurm: a further argument of sbatch. Repeatable.", valueName: "--x=y"))
    var sbatch: [String] = []

    @Option(help: ArgumentHelp("batch: the job queue.", valueName: "name"))
    var jobQueue: String?

    @Option(help: ArgumentHelp("batch: the job definition.", valueName: "name"))
    var jobDefinition: String?

    @Option(help: ArgumentHelp("batch: the region. (default: the client's)", valueName: "name"))
    var region: String?

    @Option(help: ArgumentHelp("kubernetes: the container image.", valueName: "name"))
    var image: String?

    @Option(help: ArgumentHelp("kubernetes: the Secret with the workers' environment.", valueName: "name"))
    var secret: String?

    @Option(help: ArgumentHelp("kubernetes: the namespace.", valueName: "name"))
    var namespace: String?

    @Option(help: ArgumentHelp("kubernetes: the context. (default: the client's)", valueName: "name"))
    var context: String?

    @Option(help: ArgumentHelp("kubernetes: a taint that workers tolerate. Repeatable.", valueName: "key"))
    var tolerate: [String] = []

    /// Refuses options of another engine: they would do nothing.
    func check(for engine: EngineKind) throws {
        let given: [(name: String, engine: EngineKind, isGiven: Bool)] = [
            ("--program", .slurm, program != nil), ("--partition", .slurm, partition != nil),
            ("--account", .slurm, account != nil), ("--logs", .slurm, logs != nil),
            ("--sbatch", .slurm, !sbatch.isEmpty), ("--job-queue", .batch, jobQueue != nil),
            ("--job-definition", .batch, jobDefinition != nil), ("--region", .batch, region != nil),
            ("--image", .kubernetes, image != nil), ("--secret", .kubernetes, secret != nil),
            ("--namespace", .kubernetes, namespace != nil), ("--context", .kubernetes, context != nil),
            ("--tolerate", .kubernetes, !tolerate.isEmpty),
        ]
        if let foreign = given.first(where: { $0.isGiven && $0.engine != engine }) {
            throw ValidationError("\(foreign.name) is for --on \(foreign.engine.rawValue)")
        }
        if engine == .batch, jobQueue == nil || jobDefinition == nil {
            throw ValidationError("--on batch needs --job-queue and --job-definition")
        }
        if engine == .kubernetes, image == nil || secret == nil {
            throw ValidationError("--on kubernetes needs --image and --secret")
        }
    }

    var slurm: SlurmEngine.Settings {
        var settings = SlurmEngine.Settings()
        settings.partition = partition
        settings.account = account
        settings.logs = logs
        settings.extra = sbatch
        return settings
    }

    func batch() throws -> BatchEngine.Settings {
        var settings = BatchEngine.Settings(queue: jobQueue ?? "", definition: jobDefinition ?? "")
        settings.region = region
        return settings
    }

    func kubernetes() throws -> KubernetesEngine.Settings {
        var settings = KubernetesEngine.Settings(image: image ?? "", secret: secret ?? "")
        settings.namespace = namespace ?? settings.namespace
        settings.context = context
        settings.tolerations = tolerate
        return settings
    }
}
