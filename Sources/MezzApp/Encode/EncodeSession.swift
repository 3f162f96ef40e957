import Foundation
import MezzCore
import MezzMedia
import MezzPackaging
import MezzPipeline
import MezzQueueSQLite
import MezzStorage

/// A job on this machine: state folder, database, store, live view, signals.
struct EncodeSession: Sendable {
    let source: String
    /// `nil` keeps the state in a folder that is removed at the end; only for jobs that publish nothing.
    let output: String?
    let spec: JobSpec
    var sideFiles: [SideFile] = []
    var keys: KeyRing?
    let tools: ToolSet
    let slots: Int
    /// `nil` keeps trial encodes in the state folder alone.
    let trials: TrialStore?
    /// What the report compares the cost with.
    var expected = CostExpectation()
    var keepsState = true

    /// - Throws: `Interruption` after a signal; the state is kept and the way to resume is printed.
    func run() async throws -> JobResult {
        try await held(message: "stopping; finished work is kept. Run the same command again to resume.") {
            try await $0.run()
        }
    }

    /// The ladder alone.
    /// - Throws: `Interruption` after a signal; trial encodes made so far are kept.
    func ladder() async throws -> Report {
        try await held(message: "stopping; finished trial encodes are kept.") { try await $0.ladder() }
    }

    private func held<Value: Sendable>(
        message: String, _ work: @escaping @Sendable (JobRunner) async throws -> Value
    ) async throws -> Value {
        let passing = output == nil ? try TemporaryFolder("ladder") : nil
        defer { passing?.remove() }
        let folder = try StateFolder(output: output ?? passing?.path ?? "")
        try LocalStore.sweepLeftovers(in: folder.output)
        let display = ProgressDisplay()
        let runner = JobRunner(
            source: source, spec: spec, sideFiles: sideFiles, keys: keys, folder: folder,
            queue: try SQLiteQueue(path: folder.database),
            store: try LocalStore(root: folder.store), tools: tools, slots: slots, trials: trials,
            expected: expected, keepsState: keepsState, observer: { display.take($0) })
        defer { display.finish() }
        do {
            return try await Interruptible.run(onSignal: { display.note(message) }, { try await work(runner) })
        } catch let failure as Failure where failure.status == .input {
            folder.withdraw()
            throw failure
        }
    }
}

/// The tools every command needs, found once.
enum Tooling {
    /// The tools of the pipeline, and those that only some titles need, where they are here.
    static func findForJobs() async throws -> ToolSet {
        let environment = ProcessInfo.processInfo.environment
        let discovery = ToolDiscovery(environment: environment, cache: ToolProbeCache(environment: environment))
        return try await discovery.findAll(Tool.required + [.ttconv].filter { discovery.locate($0) != nil })
    }

    static func find(_ tools: [Tool] = Tool.required) async throws -> ToolSet {
        let environment = ProcessInfo.processInfo.environment
        return try await ToolDiscovery(environment: environment, cache: ToolProbeCache(environment: environment))
            .findAll(tools)
    }
}
