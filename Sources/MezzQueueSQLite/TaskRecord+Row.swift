internal import FoundationEssentials
internal import GRDB
internal import MezzCore
internal import MezzWorkflow

extension TaskRecord {
    /// Reads a task joined with its parameters and, where there is one, its result.
    static func stored(_ row: Row, in db: Database) throws -> TaskRecord {
        let failure: Data? = row["failure"]
        return TaskRecord(
            request: try TaskRow.request(row, in: db), state: try TaskState.stored(row["state"]),
            attempts: row["attempts"], failures: row["failures"], worker: row["worker"],
            expires: date(row["expires"]), due: date(row["due"]),
            created: Date(timeIntervalSince1970: row["created"]), started: date(row["started"]),
            finished: date(row["finished"]), result: try result(row),
            failure: try failure.map { try CanonicalJSON.decode(TaskFailure.self, from: $0) })
    }

    private static func result(_ row: Row) throws -> TaskResult? {
        guard let output: Data = row["output"] else { return nil }
        let identity: String? = row["identity"]
        return TaskResult(
            output: output, artifacts: try ArtifactList.read(row["artifacts"]),
            usage: ResourceUsage(cpuSeconds: row["cpuSeconds"], wallSeconds: row["wallSeconds"]),
            cached: row["cached"], identity: identity.flatMap(ContentHash.init(hex:)))
    }

    private static func date(_ seconds: Double?) -> Date? {
        seconds.map(Date.init(timeIntervalSince1970:))
    }
}
