/// The lease in its two forms, which differ in where lanes are looked for.
///
/// Parameters: 1 time, 2 free slots, 3 memory, 4 disk, 5 kinds or null, 6 worker, 7 seconds, 8 mark.
enum LeaseStatements {
    /// Any task.
    static let any = Statement(
        name: "lease",
        sql: lease(
            heads: ReadyLine.heads,
            inLane: "NOT shut AND line.terms = lane.terms AND line.shape = lane.shape AND line.class = lane.class"))

    /// A task of the job `$9`. A job's tasks are all on the same terms; they are compared for the case that they change
    /// meanwhile, in a way that no index fits.
    static let ofJob = Statement(
        name: "lease_of_job",
        sql: lease(
            heads: "own AS MATERIALIZED (SELECT id FROM mezz.jobs WHERE name = $9::text), \(ReadyLine.headsOfJob)",
            inLane: """
                line.job = (SELECT id FROM own) AND shut = false AND line.shape = lane.shape
                AND line.class = lane.class AND line.terms + 0 = lane.terms
                """))

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

    /// Puts the lanes that are open in the order of their first tasks, without locking any, and serves the first
    /// that has a free one. A task with an exclusive key is only taken together with one of the key's places; when the
    /// last was given away meanwhile, nothing is taken and the lease is `crowded`.
    private static func lease(heads: String, inLane: String) -> String {
        """
        \(QueueTime.clock),
        \(heads),
        next AS MATERIALIZED (
            SELECT free.task, lane.key FROM (
                SELECT heads.*, terms.key
                FROM heads JOIN mezz.terms ON terms.id = heads.terms JOIN mezz.shapes ON shapes.id = heads.shape
                WHERE \(fits) AND \(ReadyLine.isOn)
                    AND (terms.key = 0 OR EXISTS (SELECT FROM mezz.keys WHERE id = terms.key AND running < most))
                ORDER BY heads.class, heads.deadline, heads.rank, heads.task
            ) AS lane
            CROSS JOIN LATERAL (
                SELECT line.task FROM mezz.line WHERE \(inLane)
                ORDER BY line.deadline, line.rank, line.task LIMIT 1 FOR UPDATE SKIP LOCKED
            ) AS free
            LIMIT 1
        ),
        claimed AS (
            UPDATE mezz.keys SET running = running + 1 FROM next
            WHERE next.key <> 0 AND keys.id = next.key AND keys.running < keys.most RETURNING keys.id
        ),
        taken AS (
            DELETE FROM mezz.line USING next
            WHERE line.task = next.task AND (next.key = 0 OR EXISTS (SELECT FROM claimed))
            RETURNING line.task, line.job, line.shape, next.key
        ),
        held AS (
            INSERT INTO mezz.holds
            SELECT
                taken.task, (SELECT attempts FROM mezz.tasks WHERE id = taken.task) + 1, taken.job, taken.shape,
                taken.key, $6::text, clock.now, clock.now + $7::float8, $8::bigint
            FROM taken CROSS JOIN clock RETURNING *
        ),
        counted AS (INSERT INTO mezz.changes SELECT job, shape, 'ready', 'running', 1 FROM taken)
        SELECT
            clock.now, held.task IS NULL AND EXISTS (SELECT FROM next) AS crowded, \(LeaseColumns.all)
        FROM clock LEFT JOIN held ON true \(LeaseColumns.joins)
        """
    }
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
        LEFT JOIN LATERAL (
            SELECT
                coalesce(array_agg((SELECT name FROM mezz.tasks WHERE id = dependency) ORDER BY position), '{}')
                    AS input_names,
                coalesce(array_agg((SELECT output FROM mezz.results WHERE task = dependency) ORDER BY position), '{}')
                    AS input_outputs,
                coalesce(
                    array_agg((SELECT artifacts FROM mezz.results WHERE task = dependency) ORDER BY position), '{}')
                    AS input_artifacts
            FROM mezz.dependencies WHERE dependencies.task = held.task
        ) AS inputs ON true
        """
}
