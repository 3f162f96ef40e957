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
    /// - Parameter price: What a slot costs; `nil` takes the price of the quote.
    package func fetch(_ job: JobID, into folder: StateFolder?, price: SlotPrice? = nil) async throws -> JobResult {
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
            wallSeconds: Self.wallSeconds(records),
            expected: CostExpectation(
                ticket.quote.map { .forecast($0.forecast) } ?? .none, price: price ?? ticket.quote?.price))
        let report = if let folder { try await delivery.publish(into: folder) } else { try await delivery.report() }
        return JobResult(report: report, lesson: try delivery.lesson())
    }

    /// From the job's first task to its last result.
    private static func wallSeconds(_ records: [TaskRecord]) -> Double {
        guard let first = records.map(\.created).min(), let last = records.compactMap(\.finished).max() else {
            return 0
        }
        return max(0, last.timeIntervalSince(first))
    }
}
