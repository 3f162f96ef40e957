/// Where a task is in its life.
package enum TaskState: String, Codable, Sendable, Hashable, CaseIterable {
    /// A task it comes after has not succeeded yet.
    case waiting
    /// Any worker may take it.
    case ready
    /// It failed and is due again later.
    case delayed
    /// A worker holds it.
    case running
    /// Its result is stored.
    case succeeded
    /// It failed for good, or its attempts are used up.
    case failed
    /// A task it comes after failed, so it cannot run.
    case blocked
    /// Its job was cancelled before it ended.
    case cancelled

    /// Whether the task may still run by itself.
    package var isOpen: Bool {
        switch self {
        case .waiting, .ready, .delayed, .running: true
        case .succeeded, .failed, .blocked, .cancelled: false
        }
    }

    /// Whether it ended by itself, for good or ill; what a cancellation leaves alone.
    package var isEnded: Bool { self == .succeeded || self == .failed }
}

/// How many tasks are in each state.
package struct TaskCounts: Sendable, Hashable {
    private var numbers: [TaskState: Int] = [:]

    package init() {}

    /// The number of tasks in `state`.
    package subscript(state: TaskState) -> Int {
        get { numbers[state, default: 0] }
        set { numbers[state] = newValue == 0 ? nil : newValue }
    }

    /// All tasks.
    package var total: Int { numbers.values.reduce(0, +) }
    /// Tasks that have succeeded.
    package var done: Int { self[.succeeded] }
    /// Tasks that may still run.
    package var open: Int { self[.waiting] + self[.ready] + self[.delayed] + self[.running] }

    /// The sum of both, state by state.
    package static func + (left: TaskCounts, right: TaskCounts) -> TaskCounts {
        var sum = left
        for (state, number) in right.numbers { sum[state] += number }
        return sum
    }
}
