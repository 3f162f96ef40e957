import MezzWorkflow

/// A title of a simulation: the tasks that the pipeline would make for it, in the same order and with the same fan-out,
/// and how long each takes.
struct SimulatedTitle {
    let job: JobID
    let priorityClass: PriorityClass
    private let minutes: Double
    private let profile: TitleProfile
    private let spread: Double
    private let seed: UInt64

    init(
        number: Int, minutes: Double, priorityClass: PriorityClass, profile: TitleProfile, spread: Double, seed: UInt64
    ) {
        job = JobID("title-\(number)")
        self.minutes = minutes
        self.priorityClass = priorityClass
        self.profile = profile
        self.spread = spread
        self.seed = seed
    }

    private func count(_ stage: TitleProfile.Stage) -> Int { max(1, Int((stage.perMinute * minutes).rounded())) }

    private var probes: [String] { (0..<count(profile.probe)).map { "probe/\($0)" } }
    private var encodes: [String] { (0..<count(profile.encode)).map { "encode/\($0)" } }
    private var assembles: [String] { (0..<profile.rungs).map { "assemble/\($0)" } }
    private var measures: [String] { (0..<count(profile.measure)).map { "measure/\($0)" } }

    /// The tasks that the job begins with.
    var roots: [TaskRequest] {
        [
            TaskRequest(name: "inspect", kind: "inspect"), TaskRequest(name: "hash", kind: "hash", after: ["inspect"]),
            TaskRequest(name: "index", kind: "index", after: ["hash"]),
            TaskRequest(name: "plan", kind: "plan", after: ["index"]),
        ]
    }

    /// The tasks that a task decides on.
    func children(of task: String) -> [TaskRequest] {
        switch task {
        case "plan":
            probes.map { TaskRequest(name: $0, kind: "probe", after: ["index"]) } + [
                TaskRequest(name: "audio", kind: "audio"),
                TaskRequest(name: "ladder", kind: "ladder", after: ["plan"] + probes, priority: 1),
            ]
        case "ladder":
            encodes.map { TaskRequest(name: $0, kind: "encode", after: ["index"], priority: 2) }
                + assembles.map { TaskRequest(name: $0, kind: "assemble", after: encodes, priority: 3) }
                + measures.map { TaskRequest(name: $0, kind: "measure", after: assembles, priority: 4) }
                + [TaskRequest(name: "gate", kind: "gate", after: measures, priority: 5)]
        case "gate":
            [TaskRequest(name: "package", kind: "package", after: assembles + ["audio"], priority: 6)]
        case "package":
            (0..<profile.rungs).map {
                TaskRequest(name: "verify/\($0)", kind: "verify", after: ["package"], priority: 7)
            }
        default: []
        }
    }

    /// How long a task takes on a worker with nothing in its way, in seconds.
    func seconds(of task: TaskRequest) -> Double {
        let mean =
            switch task.kind {
            case "index": profile.index * minutes
            case "probe": profile.probe.seconds
            case "encode": profile.encode.seconds
            case "measure": profile.measure.seconds
            case "audio": profile.audio * minutes
            case "assemble": profile.assemble * minutes
            case "package": profile.package * minutes
            case "verify": profile.verify * minutes
            case "hash": 0.5 * minutes
            default: 1.0
            }
        // By the task's name: it takes as long when it is done again.
        var random = SeededRandom(seed: task.name.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 })
        return max(0.2, random.logNormal(mean: mean, spread: spread))
    }
}
