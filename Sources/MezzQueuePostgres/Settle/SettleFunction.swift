/// The end of a task that succeeded, in one function on the server, for the same reason as ``LeaseFunction``.
///
/// Parameters: 1 time, 2 job, 3 task, 4 attempt, 5 mark, 6 output, 7 artifacts, 8 processor seconds, 9 wall seconds,
/// 10 whether cached, 11 identity or null, 12 the outcome to remember or null.
enum SettleFunction {
    /// The statement that makes the function.
    ///
    /// Stores the result, remembers it, ends both attempts, frees the tasks that waited for this one alone, and wakes
    /// workers for them. Returns the task, or null and changes nothing when the attempt holds no lease.
    ///
    /// A submitter that adds dependents of this task holds a share lock on its row until it commits. The row is
    /// locked in a statement of its own because the next statement then sees those dependents; in one and the same
    /// statement they would be overlooked, and would wait for ever.
    static let script = """
        CREATE FUNCTION mezz.succeed(
            float8, text, text, bigint, bigint, bytea, bytea, float8, float8, boolean, text, bytea
        ) RETURNS bigint LANGUAGE plpgsql AS $body$
        #variable_conflict use_column
        DECLARE
            moment float8 := coalesce($1, extract(epoch FROM statement_timestamp())::float8);
            own_job bigint;
            own_task bigint;
            own_shape bigint;
            held_key bigint;
            holder text;
            began float8;
            latest bigint;
            has_dependents boolean;
            was_full boolean;
            woken bigint;
        BEGIN
            SELECT id INTO own_job FROM mezz.jobs WHERE name = $2;
            IF own_job IS NULL THEN
                RETURN NULL;
            END IF;
            PERFORM \(JobTurn.shared("own_job"));
            SELECT id, shape INTO own_task, own_shape FROM mezz.tasks
            WHERE job = own_job AND name = $3 FOR NO KEY UPDATE;
            \(end)
            IF latest IS NULL THEN
                RETURN NULL;
            END IF;
            UPDATE mezz.tasks SET
                state = 'succeeded', failure = NULL, finished = moment, mark = $5,
                attempts = greatest(attempts, latest), worker = holder, started = began
            WHERE id = own_task;
            INSERT INTO mezz.results VALUES (own_task, own_job, own_shape, $6, $7, $8, $9, $10, $11);
            INSERT INTO mezz.changes VALUES (own_job, own_shape, 'running', 'succeeded', 1);
            IF $12 IS NOT NULL THEN
                INSERT INTO mezz.remembered VALUES ($11, $12)
                ON CONFLICT (identity) DO UPDATE SET outcome = excluded.outcome;
            END IF;
            IF has_dependents THEN
                \(free)
            END IF;
            IF held_key <> 0 THEN
                UPDATE mezz.keys SET running = running - 1 WHERE id = held_key
                RETURNING running + 1 >= most INTO was_full;
                IF was_full THEN
                    PERFORM pg_notify('mezz_ready', '');
                END IF;
            END IF;
            RETURN own_task;
        END
        $body$;

        """

    /// Ends all attempts if the given one is among them.
    private static let end = """
        WITH ended AS (
            DELETE FROM mezz.holds
            WHERE job = own_job AND task = own_task AND EXISTS (
                SELECT FROM mezz.holds AS mine
                WHERE mine.job = own_job AND mine.task = own_task AND mine.attempt = $4
            )
            RETURNING attempt, key, worker, started
        )
        SELECT
            max(attempt), max(key), max(worker) FILTER (WHERE attempt = $4), max(started) FILTER (WHERE attempt = $4),
            EXISTS (SELECT FROM mezz.dependencies WHERE dependency = own_task)
        INTO latest, held_key, holder, began, has_dependents FROM ended;
        """

    /// Nobody is woken for a task behind a hundred of its like: whoever could take it could take those, and was woken
    /// for them. A commit with a notification holds a lock of the whole server, so that they should be rare.
    /// Dependents are locked in one order, so that two settlements with common dependents do not lock each other out.
    private static let free = """
        WITH clock AS MATERIALIZED (SELECT moment AS now),
        dependents AS MATERIALIZED (
            SELECT id FROM mezz.tasks
            WHERE id IN (SELECT task FROM mezz.dependencies WHERE dependency = own_task)
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
        counted AS (
            INSERT INTO mezz.changes
            SELECT job, shape, 'waiting', 'ready', count(*) FROM ready GROUP BY job, shape
        )
        SELECT count(pg_notify('mezz_ready', '')) INTO woken
        FROM (SELECT DISTINCT job, shape FROM ready) AS fresh WHERE \(ReadyLine.isShort);
        """
}
