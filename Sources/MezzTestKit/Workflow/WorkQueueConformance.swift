/// What every queue must do. Run each check on a fresh queue:
///
/// ```swift
/// @Test(arguments: WorkQueueConformance.checks)
/// func conforms(_ check: ConformanceCheck<QueueBench>) async throws {
///     let clock = FakeClock()
///     try await check.run(on: QueueBench(queue: MyQueue(clock: clock), clock: clock))
/// }
/// ```
package enum WorkQueueConformance {
    /// All checks. Those about durability do nothing on a bench that cannot reopen its queue.
    package static var checks: [ConformanceCheck<QueueBench>] {
        submitting + ordering + leasing + failing + steering + remembering + classes + ageing + holding + capacity
            + exclusion + stragglers + twoHolders + fleet + waiting + scale + durability
    }
}
