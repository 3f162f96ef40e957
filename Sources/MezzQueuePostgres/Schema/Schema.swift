/// The tables, all in the schema `mezz`.
///
/// - `tasks` rows change only when an attempt ends, and no index covers what changes, so that such a change touches
///   one page (a "heap-only tuple"). Parameters, results and dependencies have tables of their own. The stored state
///   `open` means ready, delayed or running: which of them, `line`, `delays` and `holds` say. `inputs` is how many
///   dependencies a task has, `open` how many of them are not done.
/// - `line` has a row for each ready task; a lease takes one away. Tasks that the same offers can take stand in the
///   same lane: a lane is one of the `terms` that jobs share with one of the `shapes` that tasks share. A lease looks
///   at the first task of each lane that is not empty (``ReadyLine``), so that it costs the same whatever
///   waits in lanes that the worker cannot take from.
/// - The index by age spells its first column differently (`-terms`), so that each statement has just one index that
///   fits, whatever the planner believes about the tasks.
/// - Tasks of a job that must not start yet stand in line as `shut`, outside the lanes' index, until time lets them
///   out.
/// - `holds` has a row for each attempt under way, at most two for a task. Each lease writes one, so that it has few
///   indexes; it is small enough to be read whole by those who ask seldom.
/// - A job's status must not cost more with more tasks, and a counter row would make all workers queue for its lock.
///   So every statement that moves tasks between states appends to `changes` what it moved, and ``Counting`` folds
///   that into `counts` now and then; a status sums both.
/// - `mark` is a random number that the lease and the settlement leave behind. When the answer to one of them is
///   lost with the connection, it tells whether the call took place.
/// - No foreign keys: rows come and go only through the transactions of this module, and a fan-out of 25,000 tasks
///   would run 100,000 checks that cannot fail.
/// - Times are seconds since 1970, as the port's dates are, so that no value is rounded on its way.
enum Schema {
    /// The migrations in order. A published one is never changed; a change is a new one.
    static let migrations = [
        Migration(
            version: 1, name: "tasks",
            script: jobs + tasks + line + results + counting + DemandView.script + LeaseFunction.script
                + SettleFunction.script)
    ]

    /// Settings of tables whose rows live for minutes: cleared up by their dead rows, not by their size.
    private static let busy = """
        vacuum_truncate = off, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_cost_delay = 0
        """

    /// `opens` is when the job's tasks may first be given out, as long as that has not happened; `asked` is what was
    /// submitted, as JSON. Key 0 is no key; hours from 0 to 0 are the whole day.
    private static let jobs = """
        CREATE TABLE mezz.keys (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL UNIQUE,
            most bigint NOT NULL,
            running bigint NOT NULL DEFAULT 0
        ) WITH (fillfactor = 50);

        CREATE TABLE mezz.terms (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            class bigint NOT NULL,
            key bigint NOT NULL,
            hours_first bigint NOT NULL,
            hours_end bigint NOT NULL,
            UNIQUE (class, key, hours_first, hours_end)
        );

        CREATE TABLE mezz.shapes (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind text NOT NULL,
            slots bigint NOT NULL,
            memory bigint NOT NULL,
            disk bigint NOT NULL,
            UNIQUE (kind, slots, memory, disk)
        );

        CREATE TABLE mezz.jobs (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL UNIQUE,
            terms bigint NOT NULL,
            class bigint NOT NULL,
            deadline float8 NOT NULL,
            opens float8,
            asked bytea NOT NULL,
            created float8 NOT NULL
        );
        CREATE INDEX jobs_to_open ON mezz.jobs (opens) WHERE opens IS NOT NULL;

        CREATE TABLE mezz.workers (worker text PRIMARY KEY, record bytea NOT NULL, until float8 NOT NULL);

        """

    private static let tasks = """
        CREATE TABLE mezz.tasks (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            job bigint NOT NULL,
            name text NOT NULL,
            shape bigint NOT NULL,
            maximum_attempts bigint NOT NULL,
            priority bigint NOT NULL,
            state text NOT NULL,
            open bigint NOT NULL,
            inputs bigint NOT NULL DEFAULT 0,
            attempts bigint NOT NULL DEFAULT 0,
            failures bigint NOT NULL DEFAULT 0,
            mark bigint,
            worker text,
            created float8 NOT NULL,
            started float8,
            finished float8,
            failure bytea,
            UNIQUE (job, name)
        ) WITH (fillfactor = 70, \(busy));

        CREATE TABLE mezz.parameters (task bigint PRIMARY KEY, json bytea NOT NULL);

        CREATE TABLE mezz.dependencies (
            task bigint NOT NULL,
            position bigint NOT NULL,
            dependency bigint NOT NULL,
            PRIMARY KEY (task, position)
        );
        CREATE INDEX dependents ON mezz.dependencies (dependency);

        """

    /// `class` is the class a task has risen to and `since` when it did, or became ready. `rank` falls with priority.
    private static let line = """
        CREATE TABLE mezz.line (
            task bigint PRIMARY KEY,
            job bigint NOT NULL,
            terms bigint NOT NULL,
            shape bigint NOT NULL,
            class bigint NOT NULL,
            deadline float8 NOT NULL,
            rank bigint NOT NULL,
            since float8 NOT NULL,
            shut boolean NOT NULL
        ) WITH (\(busy));
        CREATE INDEX lanes ON mezz.line (terms, shape, class, deadline, rank, task) WHERE NOT shut;
        CREATE INDEX lanes_of_job ON mezz.line (job, shut, shape, class, deadline, rank, task);
        CREATE INDEX lanes_by_age ON mezz.line ((-terms), shape, class, since) WHERE NOT shut;

        CREATE TABLE mezz.delays (task bigint PRIMARY KEY, job bigint NOT NULL, due float8 NOT NULL)
        WITH (\(busy));
        CREATE INDEX delays_by_due ON mezz.delays (due);
        CREATE INDEX delays_of_job ON mezz.delays (job, due);

        CREATE TABLE mezz.holds (
            task bigint NOT NULL,
            attempt bigint NOT NULL,
            job bigint NOT NULL,
            shape bigint NOT NULL,
            key bigint NOT NULL,
            worker text NOT NULL,
            started float8 NOT NULL,
            expires float8 NOT NULL,
            mark bigint NOT NULL,
            PRIMARY KEY (job, task, attempt)
        ) WITH (\(busy));
        CREATE INDEX holds_by_expiry ON mezz.holds (expires);

        """

    private static let results = """
        CREATE TABLE mezz.results (
            task bigint PRIMARY KEY,
            job bigint NOT NULL,
            shape bigint NOT NULL,
            output bytea NOT NULL,
            artifacts bytea NOT NULL,
            cpu_seconds float8 NOT NULL,
            wall_seconds float8 NOT NULL,
            cached boolean NOT NULL,
            identity text
        );
        CREATE INDEX times ON mezz.results (job, shape, wall_seconds) WHERE NOT cached;

        CREATE TABLE mezz.remembered (identity text PRIMARY KEY, outcome bytea NOT NULL);

        """

    private static let counting = """
        CREATE TABLE mezz.counts (
            job bigint NOT NULL,
            shape bigint NOT NULL,
            state text NOT NULL,
            number bigint NOT NULL,
            PRIMARY KEY (job, shape, state)
        );
        CREATE INDEX active ON mezz.counts (job) WHERE number <> 0 AND state IN ('ready', 'delayed', 'running');

        CREATE TABLE mezz.changes (
            job bigint NOT NULL, shape bigint NOT NULL, was text, becomes text, number bigint NOT NULL
        ) WITH (\(busy));

        """
}
