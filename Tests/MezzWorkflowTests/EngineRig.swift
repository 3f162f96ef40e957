import Foundation
import MezzCore
import MezzTestKit
import MezzWorkflow
import Synchronization
import Testing

/// A handler made of a closure.
struct ClosureHandler: TaskHandler {
    let kind: String
    var version = "1"
    let body: @Sendable (TaskContext) async throws -> TaskOutcome

    func run(_ context: TaskContext) async throws -> TaskOutcome { try await body(context) }
}

/// An engine on an in-memory queue and a fake clock, with everything it does written down.
final class EngineRig: Sendable {
    static let job = JobID("job")

    let clock = FakeClock()
    let queue: InMemoryQueue
    private let log = Mutex<(runs: [String], events: [WorkflowEvent])>(([], []))

    init() {
        self.queue = InMemoryQueue(clock: clock)
    }

    /// The tasks whose handlers ran, in order.
    var runs: [String] { log.withLock(\.runs) }
    var events: [WorkflowEvent] { log.withLock(\.events) }

    func changes(of task: String) -> [WorkflowEvent.Change] {
        events.filter { $0.task == task }.map(\.change)
    }

    func handler(
        _ kind: String = "work", version: String = "1",
        _ body: @escaping @Sendable (TaskContext) async throws -> TaskOutcome = { _ in TaskOutcome() }
    ) -> ClosureHandler {
        ClosureHandler(kind: kind, version: version) { context in
            self.log.withLock { $0.runs.append(context.request.name) }
            return try await body(context)
        }
    }

    func engine(
        _ handlers: ClosureHandler..., slots: Int = 2,
        artifactExists: @escaping @Sendable (Artifact) async -> Bool = { _ in true }
    ) -> WorkflowEngine {
        WorkflowEngine(
            queue: queue, cache: queue, inspection: queue,
            handlers: Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first }),
            slots: slots, worker: "engine", leaseTime: .seconds(30), clock: clock,
            retryPolicy: RetryPolicy(first: .seconds(4), longest: .seconds(60), random: { 0 }),
            artifactExists: artifactExists,
            observer: { event in self.log.withLock { $0.events.append(event) } })
    }

    func submit(_ tasks: TaskRequest..., to job: JobID = EngineRig.job) async throws {
        try await queue.submit(job, tasks)
    }

    func record(_ name: String) async throws -> TaskRecord {
        try #require(try await queue.tasks(of: Self.job).first { $0.request.name == name })
    }

    /// Waits, in real time, until other tasks have brought something about.
    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }
}

func task(
    _ name: String, kind: String = "work", parameters: String = "{}", after: [String] = [], slots: Int = 1,
    attempts: Int = 3
) -> TaskRequest {
    TaskRequest(
        name: name, kind: kind, parameters: Data(parameters.utf8), after: after, slots: slots,
        maximumAttempts: attempts)
}

/// Counts how many are inside at once.
final class Gauge: Sendable {
    private let state = Mutex<(now: Int, peak: Int)>((0, 0))

    var now: Int { state.withLock(\.now) }
    var peak: Int { state.withLock(\.peak) }

    func during<Value: Sendable>(_ amount: Int = 1, _ body: () async throws -> Value) async rethrows -> Value {
        state.withLock {
            $0.now += amount
            $0.peak = max($0.peak, $0.now)
        }
        defer { state.withLock { $0.now -= amount } }
        return try await body()
    }
}
