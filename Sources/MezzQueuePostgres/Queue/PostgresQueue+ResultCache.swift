internal import FoundationEssentials
package import MezzCore
package import MezzWorkflow

extension PostgresQueue: ResultCache {
    package func result(for identity: ContentHash) async throws(QueueError) -> TaskOutcome? {
        try await perform { connection, _ in
            try connection.run(RememberedOutcome.find, [.text(identity.hex)]).first.map {
                try CanonicalJSON.decode(TaskOutcome.self, from: $0("outcome"))
            }
        }
    }

    package func remember(_ outcome: TaskOutcome, for identity: ContentHash) async throws(QueueError) {
        let encoded: Data
        do {
            encoded = try RememberedOutcome.encode(outcome)
        } catch {
            throw QueueError(error, at: place)
        }
        try await perform { connection, _ in
            _ = try connection.run(RememberedOutcome.store, [.text(identity.hex), .bytes(encoded)])
        }
    }
}

/// An outcome, kept under its task's identity.
enum RememberedOutcome {
    /// Not canonical: nobody hashes it, and sorting the keys of a large fan-out takes time.
    static func encode(_ outcome: TaskOutcome) throws -> Data { try JSONEncoder().encode(outcome) }

    static let find = Statement(
        name: "find_remembered", sql: "SELECT outcome FROM mezz.remembered WHERE identity = $1::text")

    static let store = Statement(
        name: "remember",
        sql: """
            INSERT INTO mezz.remembered VALUES ($1::text, $2::bytea)
            ON CONFLICT (identity) DO UPDATE SET outcome = excluded.outcome
            """)
}
