import Foundation
import MezzCore
package import MezzStorage
package import MezzWorkflow

/// Fetches what a fleet made of a job.
package struct FleetDelivery: Sendable {
    let queue: any JobInspection & FleetInspection
    let store: any ObjectStore

    package init(queue: any JobInspection & FleetInspection, store: any ObjectStore) {
        self.queue = queue
        self.store = store
    }

    /// The report of a finished job, and its package when a folder is given.
    /// - Throws: `Failure`: the job's own when it failed; `temporary` when it has not ended.
    package func fetch(_ job: JobID, into folder: StateFolder?) async throws -> JobResult {
        let status = try await queue.status(of: job)
        let records = try await queue.tasks(of: job)
        switch status.state {
        case .succeeded: break
        case .failed: throw Failure(firstOf: records)
        case .cancelled:
            throw Failure(
                .failed, what: "the job was cancelled", place: job.value, remedy: "take it up again with mezz retry")
        case .queued, .running:
            throw Failure(
                .temporary, what: "the job has not ended", place: job.value, remedy: "wait for it with mezz wait")
        }
        let ticket = try JobTicket(of: job, terms: try await queue.terms(of: job))
        let delivery = JobDelivery(
            source: ticket.source.name, spec: ticket.spec, versions: ticket.versions, records: records, store: store,
            wallSeconds: Self.wallSeconds(records))
        if let folder { return JobResult(report: try await delivery.publish(into: folder)) }
        return JobResult(report: try await delivery.report())
    }

    /// From the job's first task to its last result.
    private static func wallSeconds(_ records: [TaskRecord]) -> Double {
        guard let first = records.map(\.created).min(), let last = records.compactMap(\.finished).max() else {
            return 0
        }
        return max(0, last.timeIntervalSince(first))
    }
}
