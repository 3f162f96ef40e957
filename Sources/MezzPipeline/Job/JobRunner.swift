import Foundation
import MezzCore
package import MezzMedia
import MezzMetrics
package import MezzPackaging
package import MezzStorage
package import MezzWorkflow

/// How a job ended.
package struct JobResult: Sendable {
    package let report: Report
    /// What the next forecast can learn from it.
    package let lesson: CostLesson
    package var passed: Bool { report.qc.passed }
}

/// Runs one encode job from source to published package on this machine.
package struct JobRunner: Sendable {
    package let source: String
    package let spec: JobSpec
    /// Files that the wish names beside the source.
    package let sideFiles: [SideFile]
    /// What `spec.protection` speaks of.
    package let keys: KeyRing?
    package let folder: StateFolder
    package let queue: any WorkQueue & JobInspection & ResultCache
    package let store: any ObjectStore
    package let tools: ToolSet
    package let slots: Int
    /// Trial encodes measured before, by this job or another.
    package let trials: TrialStore
    /// What the report compares the cost with.
    package let expected: CostExpectation
    /// Remove the state folder after a finished job.
    package let keepsState: Bool
    package let observer: @Sendable (WorkflowEvent) -> Void

    /// - Parameter trials: `nil` keeps them in the job's own database.
    package init(
        source: String, spec: JobSpec, sideFiles: [SideFile] = [], keys: KeyRing? = nil, folder: StateFolder,
        queue: any WorkQueue & JobInspection & ResultCache,
        store: any ObjectStore, tools: ToolSet, slots: Int, trials: TrialStore? = nil,
        expected: CostExpectation = CostExpectation(), keepsState: Bool = true,
        observer: @escaping @Sendable (WorkflowEvent) -> Void
    ) {
        self.source = source
        self.spec = spec
        self.sideFiles = sideFiles
        self.keys = keys
        self.folder = folder
        self.queue = queue
        self.store = store
        self.tools = tools
        self.slots = slots
        self.trials = trials ?? TrialStore(queue)
        self.expected = expected
        self.keepsState = keepsState
        self.observer = observer
    }

    /// Runs or resumes the job and publishes the package.
    /// - Throws: `Failure` when it cannot be finished; `CancellationError`.
    package func run() async throws -> JobResult {
        let delivery = try await execute()
        let report = try await delivery.publish(into: folder)
        if !keepsState { try? FileManager.default.removeItem(atPath: folder.root) }
        return JobResult(report: report, lesson: try delivery.lesson())
    }

    /// Runs or resumes a job that ends at its ladders; nothing is published.
    /// - Throws: `Failure` when it cannot be finished; `CancellationError`.
    package func ladder() async throws -> Report {
        try await execute().ladder()
    }

    private func execute() async throws -> JobDelivery {
        let started = ContinuousClock.now
        let roots = try PipelineHandlers.rootTasks(source: .file(source), spec: spec)
        let job = try JobID(roots)
        try await prepare(job, roots)
        let environment = JobEnvironment(
            source: .file(source), store: store, tools: tools, scratch: folder.scratch, trials: trials,
            keys: keys.map { [$0] } ?? [])
        let engine = WorkflowEngine(
            queue: queue, cache: queue, inspection: queue, handlers: PipelineHandlers.all(environment), slots: slots,
            worker: "local-\(ProcessInfo.processInfo.processIdentifier)",
            artifactExists: { try await store.holds($0) }, observer: observer)
        let clock = WallClock(path: folder.root + "/wall-\(job).txt")
        let status: JobStatus
        do {
            status = try await engine.run(job)
        } catch {
            clock.add(started.duration(to: .now) / .seconds(1))
            throw error
        }
        clock.add(started.duration(to: .now) / .seconds(1))
        let records = try await queue.tasks(of: job)
        guard status.state == .succeeded else { throw Failure(firstOf: records) }
        return JobDelivery(
            source: source, spec: spec, versions: tools.namedVersions, records: records, store: store,
            wallSeconds: clock.total, expected: expected)
    }

    private func prepare(_ job: JobID, _ roots: [TaskRequest]) async throws {
        for file in sideFiles { try await file.bring(into: store) }
        // The folder's lock is ours: whoever held a lease here is dead.
        try await queue.releaseAll(heldBy: nil)
        try await queue.submit(job, roots)
        // Also in a job that has not ended: a full disk may fail one task and then break off the run.
        let counts = try await queue.status(of: job).counts
        if counts[.failed] + counts[.blocked] + counts[.cancelled] > 0 { try await queue.retry(job) }
    }
}

/// Wall time over all runs of a job; a run that was killed leaves none.
private struct WallClock {
    let path: String

    var total: Double {
        (try? String(contentsOfFile: path, encoding: .utf8)).flatMap { Double($0) } ?? 0
    }

    func add(_ seconds: Double) {
        // A run that found everything done adds nothing to what the package cost.
        try? String(total + seconds).write(toFile: path, atomically: true, encoding: .utf8)
    }
}
