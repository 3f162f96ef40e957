/// The statements of ``TermsWriting``.
enum TermsStatements {
    static let makeKey = Statement(
        name: "make_key",
        sql: "INSERT INTO mezz.keys (name, most) VALUES ($1::text, $2::bigint) ON CONFLICT (name) DO NOTHING")

    static let findKey = Statement(name: "find_key", sql: "SELECT id FROM mezz.keys WHERE name = $1::text")

    static let limitKey = Statement(
        name: "limit_key",
        sql: """
            WITH changed AS (
                UPDATE mezz.keys SET most = $2::bigint WHERE name = $1::text AND most <> $2::bigint RETURNING id
            )
            SELECT count(pg_notify('mezz_ready', '')) AS woken FROM changed
            """)

    static let makeTerms = Statement(
        name: "make_terms",
        sql: """
            INSERT INTO mezz.terms (class, key, hours_first, hours_end)
            VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint) ON CONFLICT DO NOTHING
            """)

    static let findTerms = Statement(
        name: "find_terms",
        sql: """
            SELECT id FROM mezz.terms
            WHERE class = $1::bigint AND key = $2::bigint AND hours_first = $3::bigint AND hours_end = $4::bigint
            """)

    /// When tasks on terms with the earliest start `$5` are let out; null for now.
    private static let opens = "CASE WHEN $5::float8 > (SELECT now FROM clock) THEN $5::float8 END"

    static let makeJob = Statement(
        name: "make_job",
        sql: """
            \(QueueTime.clock)
            INSERT INTO mezz.jobs (name, terms, class, deadline, opens, asked, created)
            SELECT $7::text, $2::bigint, $3::bigint, $4::float8, \(opens), $6::bytea, now FROM clock
            ON CONFLICT (name) DO NOTHING
            """)

    static let differ = Statement(
        name: "terms_differ", sql: "SELECT asked <> $2::bytea AS differ FROM mezz.jobs WHERE id = $1::bigint")

    static let changeJob = Statement(
        name: "change_terms",
        sql: """
            \(QueueTime.clock)
            UPDATE mezz.jobs SET
                terms = $2::bigint, class = $3::bigint, deadline = $4::float8, opens = \(opens), asked = $6::bytea
            WHERE id = $7::bigint
            """)

    /// A task keeps the class it has risen to while its job stays in the same one. What time it stood outside the
    /// lanes does not count for ageing.
    static let moveLine = Statement(
        name: "move_line",
        sql: """
            \(QueueTime.clock)
            UPDATE mezz.line SET
                terms = jobs.terms, deadline = jobs.deadline, shut = jobs.opens IS NOT NULL,
                class = CASE WHEN former.class = jobs.class THEN line.class ELSE jobs.class END,
                since = CASE
                    WHEN line.shut OR former.class <> jobs.class THEN (SELECT now FROM clock) ELSE line.since END
            FROM mezz.jobs, mezz.terms AS former
            WHERE line.job = $2::bigint AND jobs.id = $2::bigint AND former.id = line.terms
            """)

    /// Running tasks of the job `$1` follow it to another key, even where that has no place for them.
    static let moveHolds = Statement(
        name: "move_holds",
        sql: """
            WITH own AS MATERIALIZED (
                SELECT terms.key FROM mezz.jobs JOIN mezz.terms ON terms.id = jobs.terms WHERE jobs.id = $1::bigint
            ),
            former AS MATERIALIZED (
                SELECT DISTINCT task, holds.key AS old, own.key AS new FROM mezz.holds CROSS JOIN own
                WHERE job = $1::bigint AND holds.key <> own.key
            ),
            steps AS MATERIALIZED (
                SELECT key, sum(number) AS number FROM (
                    SELECT old AS key, -1 AS number FROM former UNION ALL SELECT new, 1 FROM former
                ) AS moves GROUP BY key
            ),
            locked AS MATERIALIZED (
                SELECT id FROM mezz.keys WHERE id IN (SELECT key FROM steps) ORDER BY id FOR NO KEY UPDATE
            ),
            counted AS (
                UPDATE mezz.keys SET running = running + steps.number
                FROM steps JOIN locked ON locked.id = steps.key WHERE keys.id = locked.id
            )
            UPDATE mezz.holds SET key = own.key FROM own WHERE job = $1::bigint AND holds.key <> own.key
            """)
}
