import ArgumentParser
import Foundation
import MezzCore
import MezzFleet
import MezzWorkflow

/// `mezz fleet`: what a fleet does and needs.
struct FleetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet", abstract: "Look at a fleet, and keep an engine's workers in step with its work.",
        subcommands: [
            FleetStatusCommand.self, FleetDesiredCommand.self, FleetMetricsCommand.self, FleetRunCommand.self,
        ])
}

/// `mezz fleet desired`: how many workers the work asks for.
struct FleetDesiredCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desired", abstract: "Tell how many slots and workers the waiting and running work asks for.")

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @OptionGroup(title: "Size")
    var size: FleetSizeOptions

    @Flag(help: "Print it as JSON.")
    var json = false

    func run() async throws {
        let demand = FleetDemand(try await database.queue().depths(), limits: size.limits)
        if json { return Output.json(demand) }
        let rows = PriorityClass.allCases.compactMap { priorityClass in
            demand.classes[priorityClass].map { demand in
                [
                    priorityClass.rawValue, "\(demand.ready)", "\(demand.running)", "\(demand.held)", "\(demand.slots)",
                    "\(Int(demand.oldestSeconds))",
                ]
            }
        }
        let header = ["class", "ready", "running", "held", "slots", "oldest s"]
        Output.line(TextTable(header: header, rows: rows, leftAligned: 1).text)
        Output.line("\(demand.slots) slots, \(demand.workers) workers of \(size.slots)")
    }
}

/// Between what bounds a fleet may grow and shrink.
struct FleetSizeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Slots of each worker.", valueName: "n"))
    var slots = 4

    @Option(help: ArgumentHelp("Workers there always are.", valueName: "n"))
    var min = 0

    @Option(help: ArgumentHelp("Workers there are at most.", valueName: "n"))
    var max = 1_000

    func validate() throws {
        guard (1...4096).contains(slots) else { throw ValidationError("--slots takes 1 to 4096") }
        guard min >= 0, max >= min else { throw ValidationError("--min and --max take 0 or more, the least first") }
    }

    var limits: DemandLimits { DemandLimits(minimum: min, maximum: max, slotsPerWorker: slots) }
}

/// `mezz fleet metrics`: the queue for a monitoring system.
struct FleetMetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print queue and workers in Prometheus' text format.",
        discussion:
            "With -o the file is replaced at once: node_exporter's textfile collector reads it whole or not at all.")

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("Write them into this file.", valueName: "file.prom"))
    var output: String?

    func run() async throws {
        if let output { try ResultFile(path: output).check() }
        let queue = try await database.queue()
        let text = FleetMetrics(depths: try await queue.depths(), workers: try await queue.workers()).text
        if let output {
            try ResultFile(path: output).write(text)
        } else {
            Output.write(text, to: .standardOutput)
        }
    }
}
