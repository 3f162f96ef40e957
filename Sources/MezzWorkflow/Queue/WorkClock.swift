package import FoundationEssentials

/// The time by which leases end and retries are due. Stored with the tasks, hence wall-clock time.
package protocol WorkClock: Sendable {
    /// The present.
    var now: Date { get }

    /// Returns at `date` or after, or throws when the task is cancelled.
    func sleep(until date: Date) async throws
}

extension WorkClock {
    /// The moment `time` from now.
    package func date(in time: Duration) -> Date {
        now.addingTimeInterval(time / .seconds(1))
    }
}

/// The machine's clock.
package struct SystemWorkClock: WorkClock {
    package init() {}

    package var now: Date { Date() }

    package func sleep(until date: Date) async throws {
        try await Task.sleep(for: .seconds(max(0, date.timeIntervalSince(now))))
    }
}
