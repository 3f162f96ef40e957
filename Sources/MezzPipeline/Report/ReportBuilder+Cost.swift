import MezzCore
import MezzWorkflow

extension ReportBuilder {
    /// What the job took, and how that compares with what was expected.
    func cost() throws -> Report.Cost {
        let account = try CostAccount(results.records)
        let total = account.stages.reduce(SpentTime()) { $0 + $1.sum.time }
        let (made, reused) = try trials()
        let isWhole = reused == 0 && account.stages.allSatisfy { $0.sum.cached == 0 }
        return Report.Cost(
            wallSeconds: wallSeconds, cpuSeconds: total.cpu, slotSeconds: total.slot,
            stages: account.stages.map { name, sum in
                Report.Stage(
                    name: name, tasks: sum.tasks, cpuSeconds: sum.time.cpu, wallSeconds: sum.wall, cached: sum.cached,
                    slotSeconds: sum.time.slot)
            },
            trialEncodes: made, reused: reused,
            rungs: account.rungs.sorted { $0.key < $1.key }.map {
                Report.Cost.Rung(id: $0.key, cpuSeconds: $0.value.cpu, slotSeconds: $0.value.slot)
            },
            price: expected.price.map { Report.Cost.Price($0, slotSeconds: total.slot) },
            forecast: try forecast().map { Report.Cost.Expected($0, slotSeconds: isWhole ? total.slot : nil) })
    }

    /// What the job teaches about costs.
    func lesson() throws -> CostLesson {
        CostLesson(
            spec: spec, source: try results.output(of: TaskName.inspect), records: results.records,
            reusedTrials: try trials().reused)
    }

    private func forecast() throws -> Forecast? {
        switch expected.basis {
        case .none: nil
        case .forecast(let forecast): forecast
        case .rates(let rates):
            Forecast(spec: spec, source: try results.output(of: TaskName.inspect), rates: rates)
        }
    }

    /// Trial encodes made in this job, and those found among what was measured before.
    private func trials() throws -> (made: Int, reused: Int) {
        var (made, reused) = (0, 0)
        for record in results.records where record.request.kind == ProbeStage.kind {
            guard let result = record.result else { continue }
            let output = try CanonicalJSON.decode(ProbeStage.Output.self, from: result.output)
            let found = result.cached ? output.points.count : output.reused
            reused += found
            made += output.points.count - found
        }
        return (made, reused)
    }
}
