internal import GRDB
package import MezzCore
package import MezzWorkflow

extension SQLiteQueue: ResultCache {
    package func result(for identity: ContentHash) async throws(QueueError) -> TaskOutcome? {
        try await read { db in try RememberedRow.outcome(for: identity, in: db) }
    }

    package func remember(_ outcome: TaskOutcome, for identity: ContentHash) async throws(QueueError) {
        let remembered = try RememberedRow(outcome, for: identity, path: pool.path)
        try await write { db in try remembered.store(in: db) }
    }
}
