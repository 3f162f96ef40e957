package import MezzWorkflow

/// How many workers the work in a queue asks for. A pure function of the queue's depths.
///
/// Ready and running tasks count; held ones do not, since no worker may take them.
package struct FleetDemand: Sendable, Hashable {
    /// What one class has to do.
    package struct ClassDemand: Sendable, Hashable {
        package fileprivate(set) var ready = 0
        package fileprivate(set) var running = 0
        /// Tasks that nobody may take yet.
        package fileprivate(set) var held = 0
        /// Slots of the ready and the running tasks together.
        package fileprivate(set) var slots = 0
        /// For how many seconds the oldest ready task has been ready.
        package fileprivate(set) var oldestSeconds = 0.0

        fileprivate mutating func add(_ depth: QueueDepth) {
            ready = ready.saturating(plus: depth.ready)
            running = running.saturating(plus: depth.running)
            held = held.saturating(plus: depth.held)
            slots = slots.saturating(plus: depth.readySlots).saturating(plus: depth.runningSlots)
            if depth.oldestSeconds.isFinite { oldestSeconds = max(oldestSeconds, depth.oldestSeconds) }
        }
    }

    /// Slots that ready and running tasks take together.
    package let slots: Int
    /// Workers wanted, within the limits.
    package let workers: Int
    /// One entry for every class, empty ones too.
    package let classes: [PriorityClass: ClassDemand]

    /// - Parameter scope: Work outside it is not counted.
    package init(_ depths: [QueueDepth], limits: DemandLimits, scope: WorkScope = WorkScope()) {
        var classes = Dictionary(uniqueKeysWithValues: PriorityClass.allCases.map { ($0, ClassDemand()) })
        var wanted = 0.0
        for depth in depths where scope.covers(depth.kind) {
            classes[depth.priorityClass, default: ClassDemand()].add(depth)
            wanted += Self.workers(tasks: depth.ready, slots: depth.readySlots, each: limits.slotsPerWorker)
            wanted += Self.workers(tasks: depth.running, slots: depth.runningSlots, each: limits.slotsPerWorker)
        }
        self.classes = classes
        slots = classes.values.reduce(0) { $0.saturating(plus: $1.slots) }
        // Parts of workers add up to whole ones; a millionth is an error of rounding.
        let whole = (wanted - 1e-6).rounded(.up)
        let bounded = min(max(whole, Double(limits.minimum)), Double(limits.maximum))
        workers = bounded >= Double(limits.maximum) ? limits.maximum : Int(bounded)
    }

    /// Workers that so many tasks of one kind fill, as a fraction: three tasks of three slots fill three workers of
    /// four, and one task of thirty slots fills one of them, because a worker with nothing else to do takes any task.
    private static func workers(tasks: Int, slots: Int, each size: Int) -> Double {
        guard tasks > 0 else { return 0 }
        let width = max(1, Double(slots) / Double(tasks))
        return Double(tasks) / max(1, (Double(size) / width).rounded(.down))
    }
}

extension Int {
    /// The sum, or the largest number there is.
    fileprivate func saturating(plus other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(Swift.max(0, other))
        return overflows ? .max : sum
    }
}
