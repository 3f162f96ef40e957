import MezzCore
import MezzWorkflow

/// What a finished job teaches about costs.
package struct CostLesson: Sendable {
    private let workload: Workload
    private let spent: [String: SpentTime]

    /// Stages that found results in the store teach nothing, nor do trials that were made before.
    init(spec: JobSpec, source: SourceInfo, records: [TaskRecord], reusedTrials: Int) {
        workload = Workload(spec: spec, source: source)
        var spent: [String: SpentTime] = [:]
        var found: Set<String> = reusedTrials > 0 ? [ProbeStage.kind] : []
        for record in records {
            guard let result = record.result else { continue }
            let kind = record.request.kind
            if result.cached { found.insert(kind) }
            spent[kind] = (spent[kind] ?? SpentTime()) + SpentTime(record.request, result.usage)
        }
        self.spent = spent.filter { !found.contains($0.key) }
    }

    /// The rates after this job.
    package func taught(_ rates: CostRates) -> CostRates {
        var rates = rates
        rates.learn(spent, on: workload)
        return rates
    }
}

extension SpentTime {
    /// What a task took of a worker.
    init(_ request: TaskRequest, _ usage: ResourceUsage) {
        self.init(cpu: usage.cpuSeconds, slot: usage.wallSeconds * Double(request.slots))
    }
}
