import ArgumentParser
import Foundation
import MezzCore
import MezzFleet
import MezzPipeline
import MezzWorkflow

/// `mezz simulate`: what a fleet would do with many titles.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Run a fleet under a virtual clock, with modelled task times.",
        discussion: """
            The queue, its state machine and the pipeline's fan-out are the real ones; titles, workers and times are \
            made up. It tells makespan, utilisation, waiting by class, wasted work and database operations.
            """)

    @Option(help: ArgumentHelp("Titles.", valueName: "n"))
    var titles = 1_000

    @Option(help: ArgumentHelp("Workers, of one task at a time.", valueName: "n"))
    var workers = 10_000

    @Option(help: ArgumentHelp("Median length of a title.", valueName: "minutes"))
    var minutes = 45.0

    @Option(help: ArgumentHelp("Titles arrive evenly over this time.", valueName: "hours"))
    var arrival = 1.0

    @Option(help: ArgumentHelp("Share of urgent titles, 0 to 1.", valueName: "share"))
    var urgent = 0.05

    @Option(help: ArgumentHelp("Share of backfill titles, 0 to 1.", valueName: "share"))
    var backfill = 0.2

    @Option(help: ArgumentHelp("How often each worker is taken away, per hour.", valueName: "n"))
    var interruptions = 0.05

    @Option(
        help: ArgumentHelp("When a third of the workers vanish for half an hour. (default: never)", valueName: "hours"))
    var zoneLost: Double?

    @Option(help: ArgumentHelp("When the store is slow for a quarter of an hour. (default: never)", valueName: "hours"))
    var slowStore: Double?

    @Option(help: ArgumentHelp("Take task times from this job's report.json. Repeatable.", valueName: "file"))
    var from: [String] = []

    @Option(help: ArgumentHelp("Same seed, same simulation.", valueName: "n"))
    var seed: UInt64 = 1

    @Flag(help: "No second attempts at slow tasks.")
    var noSpeculation = false

    @Option(help: ArgumentHelp("Draw busy workers over time.", valueName: "file.svg"))
    var plot: String?

    @Flag(help: "Print it as JSON.")
    var json = false

    func validate() throws {
        guard (1...100_000).contains(titles) else { throw ValidationError("--titles takes 1 to 100000") }
        guard (1...100_000).contains(workers) else { throw ValidationError("--workers takes 1 to 100000") }
        guard minutes >= 1, minutes <= 240 else { throw ValidationError("--minutes takes 1 to 240") }
        guard arrival >= 0, arrival <= 1_000 else { throw ValidationError("--arrival takes 0 to 1000 hours") }
        guard urgent >= 0, backfill >= 0, urgent + backfill <= 1 else {
            throw ValidationError("--urgent and --backfill take shares that are 1 together at most")
        }
        guard interruptions >= 0, interruptions <= 60 else { throw ValidationError("--interruptions takes 0 to 60") }
    }

    func run() async throws {
        if let plot { try ResultFile(path: plot).check() }
        let profile = from.isEmpty ? TitleProfile.film : try TitleProfile(reports: from.map(ReportFile.read))
        let plan = plan
        let report = try await Interruptible.run(
            onSignal: {},
            {
                var simulation = Simulation(plan, profile: profile)
                return try await simulation.run { done, seconds in
                    Output.error("\(done) of \(plan.titles) titles after \(ProgressDisplay.clock(seconds))")
                }
            })
        if let plot { try ResultFile(path: plot).write(SimulationPlot(report).svg) }
        if json { Output.json(report) } else { Output.line(SimulationText(report).text) }
    }

    private var plan: SimulationPlan {
        var plan = SimulationPlan()
        plan.titles = titles
        plan.workers = workers
        plan.minutes = minutes
        plan.arrival = arrival * 3600
        plan.urgentShare = urgent
        plan.backfillShare = backfill
        plan.interruptions = interruptions
        plan.zoneLostAt = zoneLost.map { $0 * 3600 }
        plan.slowStoreAt = slowStore.map { $0 * 3600 }
        plan.speculation = !noSpeculation
        plan.seed = seed
        return plan
    }
}

extension TitleProfile {
    /// What the jobs of these reports took, stage by stage, put together.
    /// - Throws: `Failure` (`input`) when they hold no times.
    init(reports: [Report]) throws(Failure) {
        let minutes = reports.reduce(0) { $0 + $1.source.durationSeconds } / 60
        var tasks: [String: Int] = [:]
        var seconds: [String: Double] = [:]
        for stage in reports.flatMap(\.cost.stages) {
            tasks[stage.name, default: 0] += stage.tasks - stage.cached
            seconds[stage.name, default: 0] += stage.wallSeconds
        }
        func stage(_ name: String) -> Stage {
            Stage(
                perMinute: Double(tasks[name, default: 0]) / minutes,
                seconds: seconds[name, default: 0] / Double(max(tasks[name, default: 0], 1)))
        }
        let rungs = reports.map(\.ladder.rungs.count).max() ?? 0
        guard minutes > 0, rungs > 0, tasks["encode", default: 0] > 0 else {
            throw Failure(
                .input, what: "there are no task times in the reports", place: "--from",
                remedy: "name the report.json of jobs that encoded")
        }
        self.init(
            index: seconds["index", default: 0] / minutes, probe: stage("probe"), encode: stage("encode"),
            measure: stage("measure"), audio: seconds["audio", default: 0] / minutes, rungs: rungs,
            assemble: seconds["assemble", default: 0] / minutes / Double(rungs),
            package: seconds["package", default: 0] / minutes,
            verify: seconds["verify", default: 0] / minutes / Double(rungs + 1))
    }
}
