/// The lease, in two functions on the server that differ in where lanes are looked for. A function runs only what a
/// task needs: one statement for all cases opens every table and index that any case touches, which costs more than
/// what it does there, and above 16 of them each lock goes through memory that all sessions share (PostgreSQL's
/// source, `lmgr/README`, "Fast Path Locking").
///
/// Parameters: 1 time, 2 free slots, 3 memory, 4 disk, 5 kinds or null, 6 worker, 7 seconds, 8 mark.
enum LeaseFunction {
    /// The statements that make the functions.
    static let script = """
        CREATE FUNCTION mezz.has_room(key bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $body$
        BEGIN
            RETURN EXISTS (SELECT FROM mezz.keys WHERE id = $1 AND running < most);
        END
        $body$;

        \(function("lease", parameters, heads: ReadyLine.heads, inLane: inLane))
        \(function("lease_of_job", parameters + ", text", heads: headsOfJob, inLane: inLaneOfJob))
        """

    private static let parameters = "float8, bigint, bigint, bigint, text[], text, float8, bigint"

    private static let inLane = """
        NOT shut AND line.terms = lane.terms AND line.shape = lane.shape AND line.class = lane.class
        """

    private static let headsOfJob = """
        own AS MATERIALIZED (SELECT id FROM mezz.jobs WHERE name = $9),
        \(ReadyLine.headsOfJob)
        """

    /// A job's tasks are all on the same terms; they are compared for the case that they change meanwhile, in a way
    /// that no index fits.
    private static let inLaneOfJob = """
        line.job = (SELECT id FROM own) AND shut = false AND line.shape = lane.shape AND line.class = lane.class
        AND line.terms + 0 = lane.terms
        """

    private static let results = """
        OUT now float8, OUT crowded boolean, OUT id bigint, OUT name text, OUT kind text, OUT slots bigint,
        OUT memory bigint, OUT disk bigint, OUT maximum_attempts bigint, OUT priority bigint, OUT attempt bigint,
        OUT failures bigint, OUT worker text, OUT expires float8, OUT job_name text, OUT json bytea,
        OUT input_names text[], OUT input_outputs bytea[], OUT input_artifacts bytea[]
        """

    /// A task with an exclusive key is only taken together with one of the key's places; when the last was given away
    /// meanwhile, nothing is taken and the lease is `crowded`.
    private static func function(_ name: String, _ parameters: String, heads: String, inLane: String) -> String {
        """
        CREATE FUNCTION mezz.\(name)(\(parameters), \(results)) LANGUAGE plpgsql AS $body$
        #variable_conflict use_column
        DECLARE
            minute bigint;
            found_task bigint;
            found_job bigint;
            found_shape bigint;
            found_key bigint;
            has_inputs boolean;
        BEGIN
            now := coalesce($1, extract(epoch FROM statement_timestamp())::float8);
            minute := floor(now / 60)::bigint % 1440;
            crowded := false;
            \(next(heads: heads, inLane: inLane))
            IF found_task IS NULL THEN
                RETURN;
            END IF;
            IF found_key <> 0 THEN
                UPDATE mezz.keys SET running = running + 1 WHERE keys.id = found_key AND running < most;
                IF NOT FOUND THEN
                    crowded := true;
                    RETURN;
                END IF;
            END IF;
            DELETE FROM mezz.line WHERE task = found_task;
            \(details)
            id := found_task;
            worker := $6;
            expires := now + $7;
            INSERT INTO mezz.holds
                VALUES (found_task, attempt, found_job, found_shape, found_key, $6, now, expires, $8);
            INSERT INTO mezz.changes VALUES (found_job, found_shape, 'ready', 'running', 1);
            IF has_inputs THEN
                SELECT * INTO input_names, input_outputs, input_artifacts
                FROM \(LeaseColumns.inputs(of: "found_task")) AS inputs;
            ELSE
                input_names := '{}';
                input_outputs := '{}';
                input_artifacts := '{}';
            END IF;
        END
        $body$;

        """
    }

    /// Puts the lanes that are open in the order of their first tasks, without locking any, and locks the first free
    /// task of the first that has one.
    private static func next(heads: String, inLane: String) -> String {
        """
        WITH RECURSIVE \(heads)
        SELECT free.task, lane.key, lane.kind, lane.slots, lane.memory, lane.disk
        INTO found_task, found_key, kind, slots, memory, disk
        FROM (
            SELECT heads.*, terms.key, shapes.kind, shapes.slots, shapes.memory, shapes.disk
            FROM heads JOIN mezz.terms ON terms.id = heads.terms JOIN mezz.shapes ON shapes.id = heads.shape
            WHERE \(LeaseStatements.fits) AND \(ReadyLine.isOn(at: "minute"))
                AND (terms.key = 0 OR mezz.has_room(terms.key))
            ORDER BY heads.class, heads.deadline, heads.rank, heads.task
        ) AS lane
        CROSS JOIN LATERAL (
            SELECT line.task FROM mezz.line WHERE \(inLane)
            ORDER BY line.deadline, line.rank, line.task LIMIT 1 FOR UPDATE SKIP LOCKED
        ) AS free
        LIMIT 1;
        """
    }

    private static let details = """
        SELECT
            tasks.name, tasks.maximum_attempts, tasks.priority, tasks.attempts + 1, tasks.failures, tasks.job,
            tasks.shape, tasks.inputs > 0,
            (SELECT jobs.name FROM mezz.jobs WHERE jobs.id = tasks.job),
            (SELECT parameters.json FROM mezz.parameters WHERE parameters.task = tasks.id)
        INTO
            name, maximum_attempts, priority, attempt, failures, found_job,
            found_shape, has_inputs, job_name, json
        FROM mezz.tasks WHERE tasks.id = found_task;
        """
}
