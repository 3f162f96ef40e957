package import MezzCore

/// What a job is expected to cost before it runs.
package struct Forecast: Codable, Hashable, Sendable {
    /// One stage's part.
    package struct Stage: Codable, Hashable, Sendable {
        package let name: String
        package let cpuSeconds: Double
        package let slotSeconds: Double

        private enum CodingKeys: String, CodingKey {
            case name
            case cpuSeconds = "cpu_seconds"
            case slotSeconds = "slot_seconds"
        }
    }

    /// In the order of the work; stages that cost next to nothing are left out.
    package let stages: [Stage]
    /// Earlier jobs that taught the rates; 0 means that some are the built-in ones, of another machine.
    package let jobs: Int

    /// - Parameters:
    ///   - source: What its headers declare.
    ///   - rates: What a unit of work costs here.
    package init(spec: JobSpec, source: SourceInfo, rates: CostRates) {
        let workload = Workload(spec: spec, source: source)
        var names: [String] = []
        for item in workload.items where !names.contains(item.kind.stage) { names.append(item.kind.stage) }
        stages = names.map { name in
            let time = workload.items.filter { $0.kind.stage == name }
                .reduce(SpentTime()) { $0 + SpentTime(of: $1, at: rates.rate(of: $1)) }
            return Stage(
                name: name, cpuSeconds: time.cpu.rounded(places: 2), slotSeconds: time.slot.rounded(places: 2))
        }
        jobs = rates.jobs(behind: workload)
    }

    package var cpuSeconds: Double { stages.reduce(0) { $0 + $1.cpuSeconds } }
    package var slotSeconds: Double { stages.reduce(0) { $0 + $1.slotSeconds } }

    /// How long `slots` slots take, when nothing else runs there: the source is indexed by one of them, before the rest.
    package func wallSeconds(slots: Int) -> Double {
        let index = stages.filter { $0.name == IndexStage.kind }.reduce(0) { $0 + $1.slotSeconds }
        return index + (slotSeconds - index) / Double(max(slots, 1))
    }

    /// For a person.
    package var text: String {
        let basis =
            switch jobs {
            case 0: "by built-in rates, of another machine: the first job teaches this one's"
            case 1: "by what 1 job took"
            default: "by what \(jobs) jobs took"
            }
        return "\(Figures.span(slotSeconds)) of a slot, \(Figures.span(cpuSeconds)) of CPU (\(basis))"
    }
}
