/// The statements of ``TaskInsertion``.
enum TaskInsertionStatements {
    static let stored = Statement(
        name: "stored_requests",
        sql: """
            SELECT \(TaskRow.requestColumns), \(TaskRow.afterColumn)
            FROM mezz.tasks JOIN mezz.shapes ON shapes.id = tasks.shape
            WHERE job = $1::bigint AND name = ANY ($2::text[])
            """)

    static let earlier = Statement(
        name: "earlier_tasks",
        sql: """
            SELECT id, name, state = 'succeeded' AS succeeded, state IN ('failed', 'blocked') AS dead
            FROM mezz.tasks WHERE job = $1::bigint AND name = ANY ($2::text[])
            ORDER BY id FOR SHARE
            """)

    static let isCancelled = Statement(
        name: "is_cancelled",
        sql: """
            SELECT coalesce(sum(number), 0) > 0 AS cancelled FROM (\(Counting.ofJobs("= $1::bigint"))) AS counts
            WHERE state = 'cancelled'
            """)

    static let makeShapes = Statement(
        name: "make_shapes",
        sql: """
            INSERT INTO mezz.shapes (kind, slots, memory, disk)
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) AS fresh
            ON CONFLICT DO NOTHING
            """)

    /// In the order of the parameters.
    static let findShapes = Statement(
        name: "find_shapes",
        sql: """
            SELECT shapes.id
            FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY
                AS fresh (kind, slots, memory, disk, position)
            JOIN mezz.shapes ON shapes.kind = fresh.kind AND shapes.slots = fresh.slots
                AND shapes.memory = fresh.memory AND shapes.disk = fresh.disk
            ORDER BY position
            """)

    /// Numbers are given in the order of the sort, hence in the order of the batch.
    static let insert = Statement(
        name: "insert_tasks",
        sql: """
            \(QueueTime.clock),
            fresh AS (
                INSERT INTO mezz.tasks (job, name, shape, maximum_attempts, priority, open, inputs, state, created)
                SELECT
                    $2::bigint, name, shape, maximum_attempts, priority, open, inputs,
                    CASE open WHEN 0 THEN 'open' ELSE 'waiting' END, clock.now
                FROM clock CROSS JOIN unnest(
                    $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]
                ) WITH ORDINALITY AS fresh (name, shape, maximum_attempts, priority, open, inputs, position)
                ORDER BY position RETURNING *
            ),
            lined AS (\(ReadyLine.enter("(SELECT * FROM fresh WHERE open = 0)"))),
            counted AS (
                INSERT INTO mezz.changes
                SELECT job, shape, NULL, CASE state WHEN 'open' THEN 'ready' ELSE state END, count(*)
                FROM fresh GROUP BY job, shape, state
            )
            SELECT id, name FROM fresh
            """)

    static let parameters = Statement(
        name: "insert_parameters",
        sql: "INSERT INTO mezz.parameters SELECT * FROM unnest($1::bigint[], $2::bytea[])")

    static let link = Statement(
        name: "insert_dependencies",
        sql: "INSERT INTO mezz.dependencies SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])")

    static let wake = Statement(name: "wake", sql: "SELECT pg_notify('mezz_ready', '')::text AS woken")
}
