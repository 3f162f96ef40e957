/// What a worker asks for a lease with; ``LeaseFunction`` says what the parameters are.
enum LeaseStatements {
    /// Any task.
    static let any = Statement(name: "lease", sql: "SELECT * FROM mezz.lease(\(parameters))")

    /// A task of the job `$9`.
    static let ofJob = Statement(
        name: "lease_of_job", sql: "SELECT * FROM mezz.lease_of_job(\(parameters), $9::text)")

    private static let parameters = """
        $1::float8, $2::bigint, $3::bigint, $4::bigint, $5::text[], $6::text, $7::float8, $8::bigint
        """

    /// The task that carries the mark `$2`, if that attempt still runs. Few tasks run at a time.
    static let recover = Statement(
        name: "recover_lease",
        sql: """
            \(QueueTime.clock)
            SELECT clock.now, false AS crowded, \(LeaseColumns.all)
            FROM clock CROSS JOIN (SELECT * FROM mezz.holds WHERE mark = $2::bigint) AS held \(LeaseColumns.joins)
            """)

    /// Whether the tasks of `shapes` find room in the offer and are of the wanted kinds.
    static let fits = """
        shapes.slots <= $2::bigint AND shapes.memory <= $3::bigint AND shapes.disk <= $4::bigint
        AND ($5::text[] IS NULL OR shapes.kind = ANY ($5::text[]))
        """
}

/// What a lease returns of the task in `held`.
enum LeaseColumns {
    /// Sub-selects instead of joins: each is one look into one index, whatever the planner believes about the tables.
    /// A task is ready when all it comes after has succeeded, so every input has its result.
    static let all = """
        held.task AS id, tasks.name, shapes.kind, shapes.slots, shapes.memory, shapes.disk, tasks.maximum_attempts,
        tasks.priority, held.attempt, tasks.failures, held.worker, held.expires, inputs.*,
        (SELECT jobs.name FROM mezz.jobs WHERE jobs.id = held.job) AS job_name,
        (SELECT json FROM mezz.parameters WHERE task = held.task) AS json
        """

    static let joins = """
        LEFT JOIN mezz.tasks ON tasks.id = held.task
        LEFT JOIN mezz.shapes ON shapes.id = held.shape
        LEFT JOIN LATERAL \(inputs(of: "held.task")) AS inputs ON true
        """

    /// A table with one row: what the task comes after, in order.
    static func inputs(of task: String) -> String {
        """
        (
            SELECT
                coalesce(array_agg((SELECT name FROM mezz.tasks WHERE id = dependency) ORDER BY position), '{}')
                    AS input_names,
                coalesce(array_agg((SELECT output FROM mezz.results WHERE task = dependency) ORDER BY position), '{}')
                    AS input_outputs,
                coalesce(
                    array_agg((SELECT artifacts FROM mezz.results WHERE task = dependency) ORDER BY position), '{}')
                    AS input_artifacts
            FROM mezz.dependencies WHERE dependencies.task = \(task)
        )
        """
    }
}
