/// How attempts end well. A statement that returns no row found the lease lost.
enum SettleStatements {
    /// Locks the task `$2` of the job `$1`, so that nothing about it or its holders changes any more.
    ///
    /// A submitter that adds dependents of this task holds a share lock on its row until it commits. The row is
    /// locked in a statement of its own because the next statement then sees those dependents; in one and the same
    /// statement they would be overlooked, and would wait for ever.
    static let lock = Statement(
        name: "lock_task",
        sql: """
            WITH own AS MATERIALIZED (
                SELECT id, \(JobTurn.shared("id")) AS turn FROM mezz.jobs WHERE name = $1::text
            )
            SELECT tasks.id FROM own JOIN mezz.tasks ON tasks.job = own.id AND tasks.name = $2::text
            FOR NO KEY UPDATE OF tasks
            """)

    /// Stores the result, remembers it, ends both attempts, frees the tasks that waited for this one alone, and wakes
    /// workers for them. Parameters: 1 time, 2 job, 3 task, 4 attempt, 5 mark, then the result.
    ///
    /// Nobody is woken for a task behind a hundred of its like: whoever could take it could take those, and was woken
    /// for them. A commit with a notification holds a lock of the whole server, so that they should be rare.
    /// Dependents are locked in one order, so that two settlements with common dependents do not lock each other out.
    static let succeed = Statement(
        name: "succeed",
        sql: """
            \(QueueTime.clock),
            own AS MATERIALIZED (
                SELECT id FROM mezz.tasks
                WHERE job = (SELECT id FROM mezz.jobs WHERE name = $2::text) AND name = $3::text
            ),
            ended AS (
                DELETE FROM mezz.holds USING own
                WHERE holds.task = own.id AND EXISTS (
                    SELECT FROM mezz.holds AS mine WHERE mine.task = own.id AND mine.attempt = $4::bigint
                )
                RETURNING holds.*
            ),
            held AS MATERIALIZED (SELECT * FROM ended WHERE attempt = $4::bigint),
            done AS (
                UPDATE mezz.tasks SET
                    state = 'succeeded', failure = NULL, finished = (SELECT now FROM clock), mark = $5::bigint,
                    attempts = greatest(tasks.attempts, (SELECT max(attempt) FROM ended)),
                    worker = held.worker, started = held.started
                FROM held WHERE tasks.id = held.task
            ),
            counted AS (INSERT INTO mezz.changes SELECT job, shape, 'running', 'succeeded', 1 FROM held),
            stored AS (
                INSERT INTO mezz.results
                SELECT task, job, shape, $6::bytea, $7::bytea, $8::float8, $9::float8, $10::boolean, $11::text FROM held
            ),
            remembered AS (
                INSERT INTO mezz.remembered SELECT $11::text, $12::bytea FROM held WHERE $12::bytea IS NOT NULL
                ON CONFLICT (identity) DO UPDATE SET outcome = excluded.outcome
            ),
            \(KeyPlaces.givenBack(by: "held")),
            dependents AS MATERIALIZED (
                SELECT id FROM mezz.tasks
                WHERE id IN (SELECT task FROM mezz.dependencies WHERE dependency = (SELECT task FROM held))
                ORDER BY id FOR NO KEY UPDATE
            ),
            freed AS (
                UPDATE mezz.tasks SET
                    open = open - 1, state = CASE WHEN open = 1 AND state = 'waiting' THEN 'open' ELSE state END
                FROM dependents WHERE tasks.id = dependents.id
                RETURNING tasks.id, tasks.job, tasks.shape, tasks.priority, tasks.state, tasks.open
            ),
            ready AS MATERIALIZED (SELECT * FROM freed WHERE open = 0 AND state = 'open'),
            lined AS (\(ReadyLine.enter("ready"))),
            counted_ready AS (
                INSERT INTO mezz.changes
                SELECT job, shape, 'waiting', 'ready', count(*) FROM ready GROUP BY job, shape
            )
            SELECT held.task, woken.number FROM held CROSS JOIN (
                SELECT count(pg_notify('mezz_ready', '')) AS number
                FROM (
                    SELECT FROM (SELECT DISTINCT job, shape FROM ready) AS fresh WHERE \(ReadyLine.isShort)
                    UNION ALL SELECT FROM roomy LIMIT 1
                ) AS one
            ) AS woken
            """)

    /// Finds the mark `$3` on the task.
    static let find = Statement(
        name: "find_settlement",
        sql: """
            SELECT id FROM mezz.tasks
            WHERE job = (SELECT id FROM mezz.jobs WHERE name = $1::text) AND name = $2::text AND mark = $3::bigint
            """)
}

/// Places of exclusive keys.
enum KeyPlaces {
    /// Common tables: the keys that the attempts in `table` (`key`, 0 for none) held give up a place each, and `roomy`
    /// has those that had none free. For one attempt, or for all of one key; see ``manyGivenBack(by:)``.
    static func givenBack(by table: String) -> String {
        """
        places AS (
            UPDATE mezz.keys SET running = running - 1 FROM \(table)
            WHERE \(table).key <> 0 AND keys.id = \(table).key RETURNING keys.running + 1 >= keys.most AS was_full
        ),
        roomy AS MATERIALIZED (SELECT was_full FROM places WHERE was_full)
        """
    }

    /// The same for any number of tasks, each with its key in one row of `table`.
    static func manyGivenBack(by table: String) -> String {
        """
        returned AS MATERIALIZED (
            SELECT key, count(*) AS number FROM \(table) WHERE key <> 0 GROUP BY key
        ),
        locked AS MATERIALIZED (
            SELECT id FROM mezz.keys WHERE id IN (SELECT key FROM returned) ORDER BY id FOR NO KEY UPDATE
        ),
        places AS (
            UPDATE mezz.keys SET running = running - returned.number
            FROM returned JOIN locked ON locked.id = returned.key WHERE keys.id = locked.id
            RETURNING keys.running + returned.number >= keys.most AS was_full
        ),
        roomy AS MATERIALIZED (SELECT was_full FROM places WHERE was_full)
        """
    }
}
