/// What is to be done and what is being done, by class and kind: for the queue itself, and as the view `mezz.demand`
/// for programs that start and stop workers. The view keeps its columns when the tables below it change.
///
/// `ready` tasks may start now, `running` ones have a worker, `held` ones wait for a time: for their job's hours or
/// start, or for their next attempt. `ready_slots` and `running_slots` are the slots that they take together.
enum DemandView {
    /// The statement that makes the view. A class is 0 for urgent, 1 for standard, 2 for backfill.
    static let script = """
        CREATE VIEW mezz.demand AS
        WITH clock AS MATERIALIZED (SELECT extract(epoch FROM statement_timestamp())::float8 AS now),
        \(stands)
        SELECT \(columns) FROM stands GROUP BY class, kind;

        """

    /// Common tables, after `clock`: `stands` has numbers of tasks (`number`) of a class, kind and number of slots that
    /// stand somewhere (`stand`). Held is what stands outside the lanes or in a lane whose hours are off.
    static let stands = """
        sums AS (
            SELECT job, shape, state, sum(number) AS number FROM (\(Counting.active)) AS moves
            GROUP BY job, shape, state HAVING sum(number) <> 0
        ),
        stands AS (
            SELECT
                terms.class, shapes.kind, shapes.slots, sums.number,
                CASE
                    WHEN sums.state = 'running' THEN 'running'
                    WHEN sums.state = 'ready' AND coalesce(jobs.opens <= clock.now, true) AND \(ReadyLine.isOn)
                    THEN 'ready' ELSE 'held' END AS stand
            FROM sums CROSS JOIN clock JOIN mezz.jobs ON jobs.id = sums.job
            JOIN mezz.terms ON terms.id = jobs.terms JOIN mezz.shapes ON shapes.id = sums.shape
        )
        """

    /// The columns of a group of `stands`.
    static let columns = """
        class, kind,
        \(sum("number", of: "ready")) AS ready, \(sum("number * slots", of: "ready")) AS ready_slots,
        \(sum("number", of: "running")) AS running, \(sum("number * slots", of: "running")) AS running_slots,
        \(sum("number", of: "held")) AS held
        """

    /// A task may take more slots than there are numbers for when it is multiplied.
    private static func sum(_ value: String, of stand: String) -> String {
        "least(coalesce(sum(\(value)) FILTER (WHERE stand = '\(stand)'), 0), 9223372036854775807)::bigint"
    }
}
