import MezzTestKit
import MezzWorkflow
import Testing

@Suite("The in-memory queue")
struct InMemoryQueueTests {
    @Test("keeps the port's contract", arguments: WorkQueueConformance.checks)
    func conforms(_ check: ConformanceCheck<QueueBench>) async throws {
        let clock = FakeClock()
        try await check.run(on: QueueBench(queue: InMemoryQueue(clock: clock), clock: clock))
    }
}
