import Foundation
import MezzCore
import MezzMedia
import MezzPipeline
import MezzQueueSQLite
import MezzStorage

/// An encode on this machine: state folder, database, store, live view, signals.
struct EncodeSession: Sendable {
    let source: String
    let output: String
    let spec: JobSpec
    let tools: ToolSet
    let slots: Int
    let keepsState: Bool

    /// - Throws: `Interruption` after a signal; the state is kept and the way to resume is printed.
    func run() async throws -> JobResult {
        let folder = try StateFolder(output: output)
        try LocalStore.sweepLeftovers(in: folder.output)
        let store = try LocalStore(root: folder.store)
        let queue = try SQLiteQueue(path: folder.database)
        let display = ProgressDisplay()
        let runner = JobRunner(
            source: source, spec: spec, folder: folder, queue: queue, store: store, tools: tools, slots: slots,
            keepsState: keepsState, observer: { display.take($0) })
        defer { display.finish() }
        do {
            return try await Interruptible.run {
                display.note("stopping; finished work is kept. Run the same command again to resume.")
            } _: {
                try await runner.run()
            }
        } catch let failure as Failure where failure.status == .input {
            folder.withdraw()
            throw failure
        }
    }
}

/// The tools every command needs, found once.
enum Tooling {
    static func find(_ tools: [Tool] = Tool.allCases) async throws -> ToolSet {
        let environment = ProcessInfo.processInfo.environment
        return try await ToolDiscovery(environment: environment, cache: ToolProbeCache(environment: environment))
            .findAll(tools)
    }
}
