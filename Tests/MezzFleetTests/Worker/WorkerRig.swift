import Foundation
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Synchronization
import Testing

/// A value that several tasks read and write.
final class Held<Value: Sendable>: Sendable {
    private let held: Mutex<Value>

    init(_ value: Value) {
        held = Mutex(value)
    }

    var value: Value {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}

/// A handler whose work a test writes.
struct ScriptedHandler: TaskHandler {
    let kind: String
    let version = "1"
    let body: @Sendable (TaskContext) async throws -> TaskOutcome

    init(
        _ kind: String = "work",
        _ body: @escaping @Sendable (TaskContext) async throws -> TaskOutcome = { _ in TaskOutcome() }
    ) {
        self.kind = kind
        self.body = body
    }

    func run(_ context: TaskContext) async throws -> TaskOutcome { try await body(context) }
}

/// What a worker did, to be compared.
struct Counts: Hashable, Sendable {
    var done = 0
    var found = 0
    var failed = 0
    var released = 0
    var lost = 0
}

extension Counts {
    init(_ summary: WorkerSummary) {
        self.init(
            done: summary.done, found: summary.found, failed: summary.failed, released: summary.released,
            lost: summary.lost)
    }
}

/// Workers on an in-memory queue and a clock that runs far faster than the real one.
final class WorkerRig: Sendable {
    static let job = JobID("job")

    let clock = FakeClock()
    let queue: InMemoryQueue
    let folder: TestFolder
    /// How far the clock moves in each millisecond.
    private let step: Duration
    private let log = Mutex<[WorkerEvent]>([])

    init(_ folder: TestFolder, step: Duration = .milliseconds(50)) {
        self.folder = folder
        self.step = step
        queue = InMemoryQueue(clock: clock)
    }

    /// What the workers told.
    var events: [WorkerEvent] { log.withLock { $0 } }

    func changes(of task: String) -> [WorkflowEvent.Change] {
        events.compactMap { event in
            guard case .task(let leased, let change) = event, leased.request.name == task else { return nil }
            return change
        }
    }

    func settings(_ name: String = "worker", slots: Int = 2, kinds: Set<String> = ["work"]) -> WorkerSettings {
        var settings = WorkerSettings(
            name: name, host: "host", version: "1", capacity: Capacity(slots: slots, memory: 1_000, disk: 1_000),
            kinds: kinds, folder: folder(name))
        settings.reserve = 0
        return settings
    }

    func worker(
        _ settings: WorkerSettings, on queue: (any WorkQueue & ResultCache & FleetInspection)? = nil,
        source: @escaping FleetWorker.HandlerSource
    ) -> FleetWorker {
        FleetWorker(
            queue: queue ?? self.queue, settings: settings, handlers: source, clock: clock,
            artifactExists: { _ in true }, observer: { event in self.log.withLock { $0.append(event) } })
    }

    func worker(_ settings: WorkerSettings, _ handlers: ScriptedHandler...) -> FleetWorker {
        worker(settings) { kind, _ in handlers.first { $0.kind == kind } }
    }

    /// Runs workers, and time, until `body` returns; then drains those that still run.
    func run(
        _ workers: FleetWorker..., drains: [Drain]? = nil, while body: ([Drain]) async throws -> Void
    ) async throws -> [Counts] {
        let drains = drains ?? workers.map { _ in Drain() }
        let lives = zip(workers, drains).map { worker, drain in Task { await worker.run(drain: drain) } }
        let time = Task { [clock, step] in
            while !Task.isCancelled {
                clock.advance(by: step)
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
        defer { time.cancel() }
        let end: Result<Void, any Error>
        do {
            end = .success(try await body(drains))
        } catch {
            end = .failure(error)
        }
        for drain in drains { drain.begin(until: clock.now) }
        var summaries: [Counts] = []
        for life in lives { summaries.append(Counts(await life.value)) }
        try end.get()
        return summaries
    }

    /// Waits until the workers have brought something about.
    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }

    func untilDone(_ jobs: JobID...) async throws {
        for job in jobs { try await until { try await self.queue.status(of: job).state.isFinished } }
    }

    func record(_ name: String, of job: JobID = WorkerRig.job) async throws -> TaskRecord {
        try #require(try await queue.tasks(of: job).first { $0.request.name == name })
    }
}

/// A task whose result is nobody else's.
func task(_ name: String, kind: String = "work", slots: Int = 1, memory: Int = 0, after: [String] = []) -> TaskRequest {
    TaskRequest(
        name: name, kind: kind, parameters: Data("\"\(name)\"".utf8), after: after, slots: slots, memory: memory)
}
