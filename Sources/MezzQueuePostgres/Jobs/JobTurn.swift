/// A lock between those who put tasks of a job in line and those who change where its tasks stand. The first share
/// it, so that they do not wait for each other; it is kept in the server's memory alone and costs nothing on disk.
///
/// Whoever takes several locks takes them in this order, so that none waits for another in a circle: the job's row,
/// this lock, rows of `tasks`, rows of `line` and `holds`, rows of `keys`.
enum JobTurn {
    /// Shared, as a value of a select list, for the job whose number is `id`.
    static func shared(_ id: String) -> String { "pg_advisory_xact_lock_shared(\(name), \(number(id)))" }

    /// Held alone, for the job `$1`.
    static let alone = Statement(
        name: "lock_turn", sql: "SELECT pg_advisory_xact_lock(\(name), \(number("$1::bigint")))::text AS turn")

    /// Shared, for the jobs `$1`.
    static let sharedByAll = Statement(
        name: "share_turns",
        sql:
            "SELECT \(shared("id"))::text AS turn FROM (SELECT id FROM unnest($1::bigint[]) AS job (id) ORDER BY id) AS jobs"
    )

    /// The letters "mezz". Two jobs may share a number: then they wait for each other needlessly, no more.
    private static let name = "1835366010"
    private static func number(_ id: String) -> String { "(\(id) % 2147483647)::integer" }
}
