package import MezzWorkflow

/// What a simulation found. Times in seconds of the simulated clock.
package struct SimulationReport: Sendable, Codable {
    /// What workers ask of the database.
    package enum Operation: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        case submit
        /// A lease that found a task.
        case lease
        /// A lease that found none.
        case emptyLease = "empty_lease"
        case extend
        case settle
    }

    /// Waiting from being ready to being leased.
    package struct Waiting: Sendable, Codable {
        package let tasks: Int
        package let mean: Double
        package let p99: Double
        package let longest: Double
    }

    /// Workers at one moment.
    package struct Sample: Sendable, Codable {
        package let seconds: Double
        package let busy: Int
        package let alive: Int
    }

    package let plan: SimulationPlan
    package let tasks: Int
    /// From the first title's arrival to the last one's end.
    package let makespan: Double
    /// Share of the workers' time that was worked, over all of it.
    package let utilisation: Double
    /// The same until all workers were busy for the last time.
    package let utilisationUntilTail: Double
    package let tailBegins: Double
    package let waiting: [PriorityClass: Waiting]
    /// Mean and longest time of a task that was done.
    package let meanTask: Double
    package let longestTask: Double
    /// Time that was worked for nothing: attempts that were taken away, lost or came second.
    package let wasted: Double
    package let wastedShare: Double
    package let wastedAttempts: Int
    package let operations: [Operation: Int]
    package let operationsPerSecond: Double
    /// In the busiest second of a hundred.
    package let operationsPerBusySecond: Int
    package let operationsPeak: Int
    /// Jobs by how they ended.
    package let succeeded: Int
    package let failed: Int
    /// Seconds that the simulation itself took.
    package var wallSeconds: Double
    package let samples: [Sample]

    private enum CodingKeys: String, CodingKey {
        case plan
        case tasks
        case makespan
        case utilisation
        case utilisationUntilTail = "utilisation_until_tail"
        case tailBegins = "tail_begins"
        case waiting
        case meanTask = "mean_task"
        case longestTask = "longest_task"
        case wasted
        case wastedShare = "wasted_share"
        case wastedAttempts = "wasted_attempts"
        case operations
        case operationsPerSecond = "operations_per_second"
        case operationsPerBusySecond = "operations_per_busy_second"
        case operationsPeak = "operations_peak"
        case succeeded
        case failed
        case wallSeconds = "wall_seconds"
        case samples
    }
}

extension SimulationReport.Waiting {
    init(_ waits: [Double]) {
        let sorted = waits.sorted()
        tasks = sorted.count
        mean = sorted.isEmpty ? 0 : sorted.reduce(0, +) / Double(sorted.count)
        p99 = sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        longest = sorted.last ?? 0
    }
}
