import FoundationEssentials
import MezzWorkflow
import Synchronization

/// The tasks that run on a worker, and the room they leave.
struct WorkFloor {
    struct Running {
        let task: LeasedTask
        let started: Date
        let attempt: Task<TaskExecution.End, Never>
        let fraction: Fraction
    }

    let capacity: Capacity
    private(set) var running: [Int: Running] = [:]
    private var next = 0

    init(capacity: Capacity) {
        self.capacity = capacity
    }

    var isIdle: Bool { running.isEmpty }

    /// What a further task may take, `disk` being what the disk itself has free beyond the reserve. On an idle worker
    /// that is any number of slots: a task wider than every worker must run somewhere.
    func free(disk: Int) -> Capacity {
        let taken = running.values.map(\.task.request.needs)
        return Capacity(
            slots: isIdle ? .max : capacity.slots - taken.reduce(0) { $0 + min($1.slots, capacity.slots) },
            memory: capacity.memory - taken.reduce(0) { $0 + $1.memory },
            // What running tasks have been promised may not be written yet.
            disk: min(disk, capacity.disk) - taken.reduce(0) { $0 + $1.disk })
    }

    mutating func add(_ one: Running) -> Int {
        next += 1
        running[next] = one
        return next
    }

    mutating func remove(_ number: Int) -> Running? { running.removeValue(forKey: number) }

    /// Cancels what will not be finished in time, going by how far each task says it is. Where a task says nothing,
    /// nothing is hoped for.
    func cancel(notDoneBy deadline: Date, at now: Date) {
        for one in running.values {
            let elapsed = now.timeIntervalSince(one.started)
            let fraction = one.fraction.value
            let remaining = fraction > 0 ? elapsed * (1 - fraction) / fraction : .infinity
            // The last part of a task is often the putting away: a quarter more, and a second.
            if now.addingTimeInterval(remaining * 1.25 + 1) > deadline { one.attempt.cancel() }
        }
    }
}

/// How far a task is, from 0 to 1.
final class Fraction: Sendable {
    private let held = Mutex(0.0)

    var value: Double { held.withLock { $0 } }

    func note(_ progress: TaskProgress) {
        guard let fraction = progress.fraction else { return }
        held.withLock { $0 = max($0, fraction) }
    }
}
