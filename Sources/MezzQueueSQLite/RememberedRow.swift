internal import FoundationEssentials
internal import GRDB
internal import MezzCore
internal import MezzWorkflow

/// An outcome, kept under its task's identity.
struct RememberedRow: Sendable {
    private let identity: ContentHash
    private let outcome: Data

    init(_ outcome: TaskOutcome, for identity: ContentHash, path: String) throws(QueueError) {
        self.identity = identity
        do {
            // Not canonical: nobody hashes it, and sorting the keys of a large fan-out takes time.
            self.outcome = try JSONEncoder().encode(outcome)
        } catch {
            throw QueueError(error, path: path)
        }
    }

    /// What the settlement asks to remember, if anything.
    init?(_ settlement: Settlement, path: String) throws(QueueError) {
        guard case .succeeded(let outcome, let identity?, cached: false) = settlement else { return nil }
        try self.init(outcome, for: identity, path: path)
    }

    func store(in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO remembered VALUES (?, ?)
                ON CONFLICT DO UPDATE SET outcome = excluded.outcome
                """)
        try statement.execute(arguments: [identity.hex, outcome])
    }

    static func outcome(for identity: ContentHash, in db: Database) throws -> TaskOutcome? {
        let statement = try db.cachedStatement(sql: "SELECT outcome FROM remembered WHERE identity = ?")
        return try Data.fetchOne(statement, arguments: [identity.hex]).map {
            try CanonicalJSON.decode(TaskOutcome.self, from: $0)
        }
    }
}
