import Foundation
package import MezzMedia
package import MezzPackaging
package import MezzStorage
package import MezzWorkflow
import Synchronization

/// Task handlers for the jobs that a worker comes across. What a job's tasks share, such as its frame index, is kept
/// in memory for the jobs seen last.
package final class FleetHandlers: Sendable {
    private let store: any ObjectStore
    private let tools: ToolSet
    private let scratch: String
    private let trials: TrialStore
    private let parts: SourceParts?
    private let keys: [KeyRing]
    private let audioEncoders: Set<String>
    private let known = Mutex<[(job: JobID, handlers: [String: any TaskHandler])]>([])

    /// Jobs remembered at a time: the frame index of a film takes some tens of megabytes.
    private static let limit = 4

    /// - Parameters:
    ///   - parts: Fetches parts of sources; `nil` where the store's files can be read directly.
    ///   - keys: Of the protected titles that this worker may finish.
    ///   - audioEncoders: Programs that jobs may have sound encoded by: whoever submits must not choose what runs here.
    package init(
        store: any ObjectStore, tools: ToolSet, scratch: String, trials: TrialStore, parts: SourceParts?,
        keys: [KeyRing] = [], audioEncoders: Set<String> = []
    ) {
        self.store = store
        self.tools = tools
        self.scratch = scratch
        self.trials = trials
        self.parts = parts
        self.keys = keys
        self.audioEncoders = audioEncoders
    }

    /// - Parameter terms: Asked for the job's terms when the job is not known yet.
    package func handler(
        of kind: String, in job: JobID, terms: (JobID) async throws -> JobTerms
    ) async throws -> (any TaskHandler)? {
        if let handlers = known.withLock({ $0.first { $0.job == job }?.handlers }) { return handlers[kind] }
        let ticket = try JobTicket(of: job, terms: try await terms(job))
        let environment = JobEnvironment(
            source: .stored(ticket.source), store: store, tools: tools, scratch: scratch, trials: trials,
            parts: parts, keys: keys, audioEncoders: audioEncoders, retriesFailures: true)
        let handlers = PipelineHandlers.all(environment)
        known.withLock { known in
            known.removeAll { $0.job == job }
            known.insert((job, handlers), at: 0)
            if known.count > Self.limit { known.removeLast() }
        }
        return handlers[kind]
    }
}
