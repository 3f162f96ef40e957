import Foundation
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Testing

@Suite("What a queue asks of a fleet")
struct FleetDemandTests {
    static func depth(
        _ kind: String = "encode", _ priorityClass: PriorityClass = .standard, ready: Int = 0, width: Int = 1,
        held: Int = 0, running: Int = 0, oldest: Double = 0
    ) -> QueueDepth {
        QueueDepth(
            priorityClass: priorityClass, kind: kind, ready: ready, readySlots: ready * width, held: held,
            running: running, runningSlots: running * width, oldestSeconds: oldest)
    }

    private let limits = DemandLimits(maximum: 100, slotsPerWorker: 4)

    @Test("an empty queue needs nobody, and has all classes all the same")
    func empty() {
        let demand = FleetDemand([], limits: limits)
        #expect(demand.slots == 0 && demand.workers == 0)
        #expect(Set(demand.classes.keys) == Set(PriorityClass.allCases))
    }

    @Test("ready and running tasks count, and held ones do not")
    func heldCountsNothing() {
        let demand = FleetDemand([Self.depth(ready: 5, held: 1000, running: 3)], limits: limits)
        #expect(demand.slots == 8)
        #expect(demand.workers == 2)
        #expect(demand.classes[.standard]?.held == 1000)
    }

    @Test("kinds share workers: parts of workers add up before they are rounded")
    func kindsShare() {
        let depths = [
            Self.depth("probe", ready: 3), Self.depth("encode", ready: 5), Self.depth("qc", .urgent, ready: 1),
        ]
        #expect(FleetDemand(depths, limits: limits).workers == 3)
        let tenths = (0..<10).map { Self.depth("kind\($0)", ready: 4) }
        #expect(FleetDemand(tenths, limits: limits).workers == 10)
    }

    @Test("tasks that fit once on a worker need one each, however much room is left beside them")
    func wideTasksDoNotShare() {
        #expect(FleetDemand([Self.depth(ready: 10, width: 3)], limits: limits).workers == 10)
        #expect(FleetDemand([Self.depth(ready: 10, width: 2)], limits: limits).workers == 5)
    }

    @Test("a task wider than every worker needs one")
    func widerThanAll() {
        let demand = FleetDemand([Self.depth(ready: 2, width: 32)], limits: limits)
        #expect(demand.workers == 2)
        #expect(demand.slots == 64)
    }

    @Test("there are never fewer than the least nor more than the most")
    func bounded() {
        let narrow = DemandLimits(minimum: 2, maximum: 5, slotsPerWorker: 1)
        #expect(FleetDemand([], limits: narrow).workers == 2)
        #expect(FleetDemand([Self.depth(ready: 3)], limits: narrow).workers == 3)
        #expect(FleetDemand([Self.depth(ready: 1_000_000)], limits: narrow).workers == 5)
        #expect(FleetDemand([Self.depth(ready: 9)], limits: DemandLimits(maximum: 0, slotsPerWorker: 1)).workers == 0)
    }

    @Test("limits that contradict themselves are put in order")
    func impossibleLimits() {
        let limits = DemandLimits(minimum: -3, maximum: -7, slotsPerWorker: 0)
        #expect(limits == DemandLimits(minimum: 0, maximum: 0, slotsPerWorker: 1))
        #expect(DemandLimits(minimum: 9, maximum: 3, slotsPerWorker: 1).maximum == 9)
    }

    @Test("numbers at the end of their range and below zero neither trap nor wrap")
    func hostileNumbers() {
        let huge = QueueDepth(
            priorityClass: .urgent, kind: "encode", ready: .max, readySlots: .max, held: .max, running: .max,
            runningSlots: .max, oldestSeconds: .infinity)
        let low = QueueDepth(
            priorityClass: .urgent, kind: "encode", ready: .min, readySlots: .min, held: .min, running: .min,
            runningSlots: .min, oldestSeconds: .nan)
        let demand = FleetDemand([huge, huge, low], limits: DemandLimits(maximum: .max, slotsPerWorker: 1))
        #expect(demand.slots == .max)
        #expect(demand.workers == .max)
        #expect(demand.classes[.urgent]?.oldestSeconds == 0)
        #expect(FleetDemand([low], limits: limits).workers == 0)
    }

    @Test("work that the fleet's workers cannot do starts none of them")
    func scope() {
        let depths = [
            Self.depth("encode@aaaa", ready: 4), Self.depth("encode@bbbb", ready: 8),
            Self.depth("probe@aaaa", ready: 16),
            Self.depth("encode", ready: 32),
        ]
        func workers(_ scope: WorkScope) -> Int {
            FleetDemand(depths, limits: DemandLimits(maximum: 100, slotsPerWorker: 1), scope: scope).workers
        }
        #expect(workers(WorkScope()) == 60)
        #expect(workers(WorkScope(stamp: "aaaa")) == 52)
        #expect(workers(WorkScope(kinds: ["encode"], stamp: "aaaa")) == 36)
        #expect(workers(WorkScope(kinds: ["probe"])) == 16)
        #expect(workers(WorkScope(kinds: [])) == 0)
    }

    @Test("more work never asks for fewer workers")
    func monotone() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let depths = (0..<Int.random(in: 0...6, using: &random)).map { index in
                Self.depth(
                    "kind\(index)", ready: .random(in: 0...50, using: &random),
                    width: .random(in: 1...9, using: &random),
                    running: .random(in: 0...50, using: &random))
            }
            let more = depths + [Self.depth("more", ready: .random(in: 1...9, using: &random), width: 2)]
            let (less, all) = (FleetDemand(depths, limits: limits), FleetDemand(more, limits: limits))
            #expect(all.workers >= less.workers && all.slots > less.slots)
            // Every worker can be kept busy, and none is more than all slots together would fill.
            #expect(less.workers <= less.slots)
        }
    }

    @Test("as JSON it has the keys that programs read")
    func json() throws {
        let depths = [
            Self.depth("encode@1f2e3d4c", .urgent, ready: 2, width: 4, held: 1, running: 1, oldest: 12.5),
            Self.depth("probe@1f2e3d4c", .urgent, ready: 1, oldest: 3),
        ]
        let value = try JSONValue(JSONEncoder().encode(FleetDemand(depths, limits: limits)))
        #expect(value.keys == ["slots", "workers", "classes"])
        #expect(value["slots"].int == 13)
        #expect(value["workers"].int == 4)
        #expect(value["classes"].keys == ["urgent", "standard", "backfill"])
        let urgent = value["classes"]["urgent"]
        #expect(urgent.keys == ["ready", "running", "held", "slots", "oldest_seconds"])
        #expect(urgent["ready"].int == 3 && urgent["running"].int == 1 && urgent["held"].int == 1)
        #expect(urgent["slots"].int == 13 && urgent["oldest_seconds"].number == 12.5)
        #expect(value["classes"]["backfill"]["oldest_seconds"].number == 0)
    }
}
