package import Foundation

/// What a unit of each kind of work costs: built-in figures to begin with, corrected by every job that ends.
package struct CostRates: Codable, Hashable, Sendable {
    /// The cost of a unit.
    struct Rate: Codable, Hashable, Sendable {
        /// Processor seconds.
        var cpu: Double
        /// Seconds that a slot is taken.
        var slot: Double
        /// Jobs that it was learnt from.
        var jobs: Int
    }

    /// By the work's key.
    private var learnt: [String: Rate] = [:]

    /// How many jobs back the rates still remember, about.
    private static let memory = 4.0

    package init() {}

    /// The rates that `data` holds, as `encoded` wrote them; what is not plausible is left out.
    package init(reading data: Data) throws {
        learnt = try JSONDecoder().decode(CostRates.self, from: data).learnt
            .filter { $0.value.cpu.isFinite && $0.value.slot.isFinite && $0.value.cpu >= 0 && $0.value.slot > 0 }
    }

    package func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    func rate(of item: Workload.Item) -> Rate { learnt[item.kind.key] ?? BuiltInRates.rate(of: item.kind) }

    /// The jobs that stand behind a forecast of this work, at the item that has seen the fewest.
    func jobs(behind workload: Workload) -> Int { workload.items.map { rate(of: $0).jobs }.min() ?? 0 }

    /// Takes in what a job really cost.
    ///
    /// A stage's cost is not known by codec. Each of its rates is multiplied by how much more the stage took than
    /// forecast: fully at first, later by less, so that one odd job does not spoil what many have taught.
    mutating func learn(_ spent: [String: SpentTime], on workload: Workload) {
        for (stage, items) in Dictionary(grouping: workload.items, by: \.kind.stage) {
            guard let spent = spent[stage], spent.slot > 0 else { continue }
            let expected = items.reduce(SpentTime()) { $0 + SpentTime(of: $1, at: rate(of: $1)) }
            guard expected.slot > 0, expected.cpu > 0 else { continue }
            for item in items {
                var rate = rate(of: item)
                let weight = max(1 / Double(rate.jobs + 1), 1 / Self.memory)
                rate.cpu *= pow(max(spent.cpu, 0.001) / expected.cpu, weight)
                rate.slot *= pow(spent.slot / expected.slot, weight)
                rate.jobs += 1
                learnt[item.kind.key] = rate
            }
        }
    }
}

/// Time of processors and of slots.
struct SpentTime: Hashable, Sendable {
    var cpu = 0.0
    var slot = 0.0

    init(cpu: Double = 0, slot: Double = 0) {
        self.cpu = cpu
        self.slot = slot
    }

    init(of item: Workload.Item, at rate: CostRates.Rate) {
        self.init(cpu: item.amount * rate.cpu, slot: item.amount * rate.slot)
    }

    static func + (a: SpentTime, b: SpentTime) -> SpentTime { SpentTime(cpu: a.cpu + b.cpu, slot: a.slot + b.slot) }
}
