/// Room on a worker, or what a task takes of it.
package struct Capacity: Codable, Sendable, Hashable {
    /// Processors.
    package var slots: Int
    /// Memory in MiB.
    package var memory: Int
    /// Scratch disk in MiB.
    package var disk: Int

    package init(slots: Int, memory: Int = 0, disk: Int = 0) {
        self.slots = slots
        self.memory = memory
        self.disk = disk
    }

    /// More than any task takes.
    package static let unlimited = Capacity(slots: .max, memory: .max, disk: .max)

    /// Whether everything of `other` finds room here.
    package func holds(_ other: Capacity) -> Bool {
        other.slots <= slots && other.memory <= memory && other.disk <= disk
    }
}

/// What a worker that asks for a task has to offer.
package struct WorkerOffer: Sendable, Hashable {
    /// Unique among everyone who uses the queue.
    package let worker: String
    /// What is free. A worker on which nothing runs offers `Int.max` slots so that tasks wider than any worker find a
    /// place; memory and disk are never offered beyond what is there.
    package let free: Capacity
    /// The kinds of tasks it serves; `nil` means all.
    package let kinds: Set<String>?

    package init(worker: String, free: Capacity = .unlimited, kinds: Set<String>? = nil) {
        self.worker = worker
        self.free = free
        self.kinds = kinds
    }
}

/// When a running task is slow enough to be tried a second time.
package struct StragglerRule: Sendable, Hashable {
    /// How often the median time of the job's finished tasks of the same kind it must have run.
    package let factor: Double
    /// And at least this long, in seconds.
    package let seconds: Double
    /// How many such tasks must have finished, cached ones not counted.
    package let finished: Int

    package init(factor: Double = 2, seconds: Double = 20, finished: Int = 3) {
        self.factor = factor
        self.seconds = seconds
        self.finished = finished
    }
}
