import Foundation
import MezzFleet
import MezzWorkflow

/// A simulation's findings for a person.
struct SimulationText {
    private let report: SimulationReport

    init(_ report: SimulationReport) {
        self.report = report
    }

    var text: String {
        let waits = PriorityClass.allCases.compactMap { priorityClass in
            report.waiting[priorityClass].map { waiting in
                [
                    priorityClass.rawValue, "\(waiting.tasks)", Self.seconds(waiting.mean), Self.seconds(waiting.p99),
                    Self.seconds(waiting.longest),
                ]
            }
        }
        let operations = SimulationReport.Operation.allCases
            .map { [$0.rawValue.replacing("_", with: " "), "\(report.operations[$0, default: 0])"] }
        return [
            "\(report.plan.titles) titles, \(report.tasks) tasks on \(report.plan.workers) workers: "
                + "\(report.succeeded) succeeded, \(report.failed) failed",
            "makespan \(ProgressDisplay.clock(report.makespan)); the tail begins at \(ProgressDisplay.clock(report.tailBegins))",
            "utilisation \(Self.percent(report.utilisationUntilTail)) until the tail, \(Self.percent(report.utilisation)) in all",
            "tasks take \(Self.seconds(report.meanTask)) on average, \(Self.seconds(report.longestTask)) at most",
            "wasted \(Self.percent(report.wastedShare)) of the work in \(report.wastedAttempts) attempts",
            "", "waiting",
            TextTable(header: ["class", "tasks", "mean", "p99", "longest"], rows: waits, leftAligned: 1).text,
            "",
            "database: \(Int(report.operationsPerSecond.rounded())) operations/s on average, "
                + "\(report.operationsPerBusySecond) in the busiest second of a hundred, \(report.operationsPeak) at most",
            TextTable(header: ["operation", "times"], rows: operations, leftAligned: 1).text,
            "", "simulated in \(Self.seconds(report.wallSeconds))",
        ].joined(separator: "\n")
    }

    private static func seconds(_ value: Double) -> String { String(format: value < 10 ? "%.2f s" : "%.0f s", value) }
    private static func percent(_ share: Double) -> String { String(format: "%.1f%%", share * 100) }
}
