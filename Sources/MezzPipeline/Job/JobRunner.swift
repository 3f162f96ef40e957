import Foundation
import MezzCore
package import MezzMedia
import MezzMetrics
package import MezzStorage
package import MezzWorkflow

/// How a job ended.
package struct JobResult: Sendable {
    package let report: Report
    package var passed: Bool { report.qc.passed }
}

/// Runs one encode job from source to published package on this machine.
package struct JobRunner: Sendable {
    package let source: String
    package let spec: JobSpec
    package let folder: StateFolder
    package let queue: any WorkQueue & JobInspection & ResultCache
    package let store: any ObjectStore
    package let tools: ToolSet
    package let slots: Int
    /// Trial encodes measured before, by this job or another.
    package let trials: TrialStore
    /// Remove the state folder after a finished job.
    package let keepsState: Bool
    package let observer: @Sendable (WorkflowEvent) -> Void

    /// - Parameter trials: `nil` keeps them in the job's own database.
    package init(
        source: String, spec: JobSpec, folder: StateFolder, queue: any WorkQueue & JobInspection & ResultCache,
        store: any ObjectStore, tools: ToolSet, slots: Int, trials: TrialStore? = nil,
        keepsState: Bool = true, observer: @escaping @Sendable (WorkflowEvent) -> Void
    ) {
        self.source = source
        self.spec = spec
        self.folder = folder
        self.queue = queue
        self.store = store
        self.tools = tools
        self.slots = slots
        self.trials = trials ?? TrialStore(queue)
        self.keepsState = keepsState
        self.observer = observer
    }

    /// Runs or resumes the job and publishes the package.
    /// - Throws: `Failure` when it cannot be finished; `CancellationError`.
    package func run() async throws -> JobResult {
        let (results, seconds) = try await execute()
        let report = try await ReportBuilder(source: source, spec: spec, results: results, wallSeconds: seconds).build()
        try await publish(report, results)
        return JobResult(report: report)
    }

    /// Runs or resumes a job that ends at its ladders; nothing is published.
    /// - Throws: `Failure` when it cannot be finished; `CancellationError`.
    package func ladder() async throws -> Report {
        let (results, seconds) = try await execute()
        return try ReportBuilder(source: source, spec: spec, results: results, wallSeconds: seconds).buildLadder()
    }

    private func execute() async throws -> (results: JobResults, wallSeconds: Double) {
        let started = ContinuousClock.now
        let roots = try PipelineHandlers.rootTasks(source: source, spec: spec)
        let job = try Self.identity(roots)
        try await prepare(job, roots)
        let environment = JobEnvironment(
            sourcePath: source, store: store, tools: tools, scratch: folder.scratch, trials: trials)
        let engine = WorkflowEngine(
            queue: queue, cache: queue, inspection: queue, handlers: PipelineHandlers.all(environment), slots: slots,
            worker: "local-\(ProcessInfo.processInfo.processIdentifier)",
            artifactExists: { await store.contains($0.hash) }, observer: observer)
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
        guard status.state == .succeeded else { throw Self.failure(of: records) }
        return (JobResults(records: records, store: store), clock.total)
    }

    /// The same source and the same wishes of the same mezz are the same job: another version writes tasks that
    /// this one may not understand, but shares their results.
    private static func identity(_ roots: [TaskRequest]) throws -> JobID {
        let seed = try CanonicalJSON.encode(roots) + Data(mezzVersion.utf8)
        return JobID(String(ContentHash.of(seed).hex.prefix(16)))
    }

    private func prepare(_ job: JobID, _ roots: [TaskRequest]) async throws {
        // The folder's lock is ours: whoever held a lease here is dead.
        try await queue.releaseAll(heldBy: nil)
        try await queue.submit(job, roots)
        // Also in a job that has not ended: a full disk may fail one task and then break off the run.
        let counts = try await queue.status(of: job).counts
        if counts[.failed] + counts[.blocked] + counts[.cancelled] > 0 { try await queue.retry(job) }
    }

    private func publish(_ report: Report, _ results: JobResults) async throws {
        let page = ReportPage(report, extras: try await results.extras(title: (source as NSString).lastPathComponent))
        let document = JobDocument(
            mezz: mezzVersion, source: source, sha256: report.source.sha256, spec: spec,
            tools: tools.versions.merging(["vmaf": NativeMeter.version]) { tool, _ in tool })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let documents: [(name: String, content: Data)] = [
            ("job.json", try encoder.encode(document) + Data("\n".utf8)), ("report.json", try report.encoded()),
            ("report.html", Data(page.html().utf8)),
        ]
        let artifacts = try results.artifacts(of: TaskName.package) + results.artifacts(of: TaskName.thumbnails)
        try await PackagePublisher(folder: folder, store: store).publish(artifacts, documents: documents)
        if !keepsState { try? FileManager.default.removeItem(atPath: folder.root) }
    }

    /// The first failure, in the order of the work; what was only blocked by it says nothing.
    private static func failure(of records: [TaskRecord]) -> Failure {
        guard let failed = records.first(where: { $0.state == .failed }), let failure = failed.failure else {
            return Failure(
                .failed, what: "the job did not finish", place: "workflow", remedy: "run the same command again")
        }
        return Failure(failure)
    }
}

/// What was asked, with what, of what: `job.json`.
struct JobDocument: Codable {
    let mezz: String
    let source: String
    let sha256: String
    let spec: JobSpec
    let tools: [String: String]
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
