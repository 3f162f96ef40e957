/// How attempts end.
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
            SELECT tasks.id, tasks.job FROM own JOIN mezz.tasks ON tasks.job = own.id AND tasks.name = $2::text
            FOR NO KEY UPDATE OF tasks
            """)

    /// Calls ``SettleFunction``. The answer is null when the lease was lost.
    static let succeed = Statement(
        name: "succeed",
        sql: """
            SELECT mezz.succeed(
                $1::float8, $2::text, $3::text, $4::bigint, $5::bigint, $6::bytea, $7::bytea, $8::float8, $9::float8,
                $10::boolean, $11::text, $12::bytea
            ) AS task
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
    /// Common tables: the keys that tasks in `table` (`key`, 0 for none; a row for each task) held give up a place
    /// each, and `roomy` has those that had none free.
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
