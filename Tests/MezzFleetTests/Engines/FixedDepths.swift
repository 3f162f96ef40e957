import MezzWorkflow
import Synchronization

/// A queue of which nothing is known but its depths, which a test sets: tasks of one slot.
final class FixedDepths: FleetInspection {
    private let now: Mutex<Result<[QueueDepth], QueueError>>

    init(_ ready: Int) { now = Mutex(.success([FleetDemandTests.depth(ready: ready)])) }

    func set(_ ready: Int) { now.withLock { $0 = .success([FleetDemandTests.depth(ready: ready)]) } }
    func fail(_ error: QueueError) { now.withLock { $0 = .failure(error) } }

    func depths() async throws(QueueError) -> [QueueDepth] { try now.withLock { $0 }.get() }
    func jobs(limit: Int) async throws(QueueError) -> [JobSummary] { [] }
    func terms(of job: JobID) async throws(QueueError) -> JobTerms { throw .unknownJob(job) }
    func announce(_ worker: WorkerRecord, for time: Duration) async throws(QueueError) {}
    func dismiss(worker: String) async throws(QueueError) {}
    func workers() async throws(QueueError) -> [WorkerRecord] { [] }
}
