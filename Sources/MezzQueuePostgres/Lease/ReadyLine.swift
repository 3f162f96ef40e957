/// Parts of statements about the line of ready tasks.
enum ReadyLine {
    /// The first ready task of each lane and class that has any, in the common table `heads`. The index is not
    /// walked: each step looks up what comes after the last lane found (a "loose index scan").
    static let heads = """
        heads AS (
            (SELECT \(place) FROM mezz.line WHERE NOT shut ORDER BY \(place) LIMIT 1)
            UNION ALL
            SELECT further.* FROM heads CROSS JOIN LATERAL (
                SELECT \(place) FROM mezz.line
                WHERE NOT shut AND (terms, shape, class) > (heads.terms, heads.shape, heads.class)
                ORDER BY \(place) LIMIT 1
            ) AS further
        )
        """

    /// The same for the tasks of one job, which `own` has in its only row.
    static let headsOfJob = """
        heads AS (
            SELECT first.* FROM own CROSS JOIN LATERAL (
                SELECT \(place) FROM mezz.line WHERE job = own.id AND shut = false
                ORDER BY shape, class, deadline, rank, task LIMIT 1
            ) AS first
            UNION ALL
            SELECT further.* FROM heads CROSS JOIN own CROSS JOIN LATERAL (
                SELECT \(place) FROM mezz.line
                WHERE job = own.id AND shut = false AND (shape, class) > (heads.shape, heads.class)
                ORDER BY shape, class, deadline, rank, task LIMIT 1
            ) AS further
        )
        """

    /// The task that has been in each lane and class for longest, in the common table `oldest`.
    static let oldest = """
        oldest AS (
            (SELECT \(age) FROM mezz.line WHERE NOT shut ORDER BY -terms, shape, class, since LIMIT 1)
            UNION ALL
            SELECT further.* FROM oldest CROSS JOIN LATERAL (
                SELECT \(age) FROM mezz.line
                WHERE NOT shut AND (-terms, shape, class) > (-oldest.terms, oldest.shape, oldest.class)
                ORDER BY -terms, shape, class, since LIMIT 1
            ) AS further
        )
        """

    /// Whether the hours of `terms` are on at the time of `clock`.
    static let isOn = isOn(at: minute)

    /// Whether the hours of `terms` are on at a minute of the day.
    static func isOn(at minute: String) -> String {
        """
        (terms.hours_first = terms.hours_end OR CASE WHEN terms.hours_first < terms.hours_end
            THEN \(minute) >= terms.hours_first AND \(minute) < terms.hours_end
            ELSE \(minute) >= terms.hours_first OR \(minute) < terms.hours_end END)
        """
    }

    /// When the hours of `terms`, which are on, came on: what time a task is kept back does not count for its age.
    static let cameOn = """
        CASE WHEN terms.hours_first = terms.hours_end THEN '-infinity'::float8 ELSE (
            SELECT 60 * (
                floor(now / 86400) * 1440 + terms.hours_first
                - CASE WHEN \(minute) < terms.hours_first THEN 1440 ELSE 0 END
            )::float8 FROM clock
        ) END
        """

    /// When the hours of `terms`, which are off, come on next.
    static let comesOn = """
        (SELECT 60 * (
            floor(now / 86400) * 1440 + terms.hours_first
            + CASE WHEN \(minute) < terms.hours_first THEN 0 ELSE 1440 END
        )::float8 FROM clock)
        """

    /// Whether so few tasks like that in `fresh` (`job`, `shape`) are ready that leases under way may take them all.
    static let isShort = """
        100 > (SELECT count(*) FROM (
            SELECT FROM mezz.line WHERE line.job = fresh.job AND shut = false AND line.shape = fresh.shape LIMIT 100
        ) AS others)
        """

    /// Puts the tasks of `source`, a table of `id`, `job`, `shape` and `priority`, in line. The caller has locked
    /// them, and shares the lock of ``JobTurn`` or holds that of the job's row, so that the job's terms stay.
    static func enter(_ source: String) -> String {
        """
        INSERT INTO mezz.line
        SELECT
            fresh.id, fresh.job, jobs.terms, fresh.shape, jobs.class, jobs.deadline, ~fresh.priority,
            (SELECT now FROM clock), jobs.opens IS NOT NULL
        FROM \(source) AS fresh JOIN mezz.jobs ON jobs.id = fresh.job
        """
    }

    private static let place = "terms, shape, class, deadline, rank, task"
    private static let age = "terms, shape, class, since"
    private static let minute = "(SELECT floor(now / 60)::bigint % 1440 FROM clock)"
}
