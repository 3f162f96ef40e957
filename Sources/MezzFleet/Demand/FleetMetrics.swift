package import MezzWorkflow

/// A queue and its workers as numbers for a monitoring system, in Prometheus' text format.
package struct FleetMetrics: Sendable {
    /// The content type of the page.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let depths: [QueueDepth]
    private let workers: [WorkerRecord]

    package init(depths: [QueueDepth], workers: [WorkerRecord]) {
        self.depths = depths
        self.workers = workers
    }

    /// The page. Every class has its needed slots and its oldest task, also with nothing to do: an absent series
    /// would keep an autoscaler at its last number.
    package var text: String {
        var page = MetricsText()
        writeTasks(to: &page)
        writeClasses(to: &page)
        writeWorkers(to: &page)
        return page.text
    }

    private func writeTasks(to page: inout MetricsText) {
        page.gauge("mezz_queue_tasks", help: "Tasks by class, kind and state; held ones wait for a time or a turn.")
        for depth in depths.sorted(by: Self.precedes) {
            let states = [("ready", depth.ready), ("running", depth.running), ("held", depth.held)]
            for (state, count) in states {
                page.sample(
                    "mezz_queue_tasks",
                    [
                        ("class", depth.priorityClass.rawValue), ("kind", StampedKind.plain(depth.kind)),
                        ("state", state), ("toolset", StampedKind.stamp(of: depth.kind) ?? ""),
                    ], Double(count))
            }
        }
    }

    private func writeClasses(to page: inout MetricsText) {
        let demand = FleetDemand(depths, limits: DemandLimits(maximum: .max, slotsPerWorker: 1))
        page.gauge("mezz_queue_needed_slots", help: "Slots that ready and running tasks take together.")
        for priorityClass in PriorityClass.allCases {
            page.sample(
                "mezz_queue_needed_slots", [("class", priorityClass.rawValue)],
                Double(demand.classes[priorityClass]?.slots ?? 0))
        }
        page.gauge("mezz_queue_oldest_seconds", help: "Seconds for which the oldest ready task has been ready.")
        for priorityClass in PriorityClass.allCases {
            page.sample(
                "mezz_queue_oldest_seconds", [("class", priorityClass.rawValue)],
                demand.classes[priorityClass]?.oldestSeconds ?? 0)
        }
    }

    private func writeWorkers(to page: inout MetricsText) {
        page.gauge("mezz_workers", help: "Workers that have told of themselves lately.")
        let versions = Set(workers.map(\.version)).sorted()
        // With nobody there the series without a version says so.
        for version in versions.isEmpty ? [""] : versions {
            for state in ["active", "draining"] {
                let count = workers.count { $0.version == version && $0.isDraining == (state == "draining") }
                page.sample("mezz_workers", [("state", state), ("version", version)], Double(count))
            }
        }
        page.gauge("mezz_worker_slots", help: "Slots of all workers that take tasks.")
        let slots = workers.filter { !$0.isDraining }.reduce(0.0) { $0 + Double($1.capacity.slots) }
        page.sample("mezz_worker_slots", [], slots)
    }

    private static func precedes(_ one: QueueDepth, _ other: QueueDepth) -> Bool {
        (one.priorityClass.rawValue, one.kind) < (other.priorityClass.rawValue, other.kind)
    }
}
