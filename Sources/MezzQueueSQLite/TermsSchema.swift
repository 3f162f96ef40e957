/// What a database gains with its second version: terms, capacity, second holders, workers.
///
/// Where a task stands in line is in its own row, so that one index gives the order: the class it has reached
/// (`level`, 0 is urgent), its deadline (infinite for none), its priority, its id. A *lane* is what a task asks of a
/// worker: its kind, its size and its exclusive key. A lease compares the heads of the lanes that fit, so that what
/// does not fit stands in nobody's way; tasks that are kept back (`held`) are in no index of ready ones.
enum TermsSchema {
    static let tables = """
        CREATE TABLE keys (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            most INTEGER NOT NULL,
            running INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE lanes (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            slots INTEGER NOT NULL,
            memory INTEGER NOT NULL,
            disk INTEGER NOT NULL,
            key INTEGER NOT NULL,
            UNIQUE (kind, slots, memory, disk, key)
        ) STRICT;

        CREATE TABLE workers (
            name TEXT PRIMARY KEY,
            record BLOB NOT NULL,
            until REAL NOT NULL
        ) STRICT;
        """

    /// Tasks of the first version asked for slots alone, stood on standard terms and had one holder.
    static let columns = """
        ALTER TABLE jobs ADD COLUMN terms BLOB;
        ALTER TABLE jobs ADD COLUMN level INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE jobs ADD COLUMN deadline REAL NOT NULL DEFAULT 9e999;
        ALTER TABLE jobs ADD COLUMN key INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN turn REAL;
        ALTER TABLE jobs ADD COLUMN created REAL NOT NULL DEFAULT 0;
        UPDATE jobs SET created = ifnull((SELECT min(created) FROM tasks WHERE job = jobs.id), 0);

        ALTER TABLE tasks ADD COLUMN memory INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE tasks ADD COLUMN disk INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE tasks ADD COLUMN level INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE tasks ADD COLUMN deadline REAL NOT NULL DEFAULT 9e999;
        ALTER TABLE tasks ADD COLUMN key INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE tasks ADD COLUMN lane INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE tasks ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE tasks ADD COLUMN ready REAL;
        ALTER TABLE tasks ADD COLUMN since REAL;
        ALTER TABLE tasks ADD COLUMN attempt INTEGER;
        ALTER TABLE tasks ADD COLUMN otherAttempt INTEGER;
        ALTER TABLE tasks ADD COLUMN otherWorker TEXT;
        ALTER TABLE tasks ADD COLUMN otherExpires REAL;
        ALTER TABLE tasks ADD COLUMN otherStarted REAL;
        INSERT INTO lanes (kind, slots, memory, disk, key) SELECT DISTINCT kind, slots, 0, 0, 0 FROM tasks;
        UPDATE tasks SET
            lane = (SELECT id FROM lanes WHERE lanes.kind = tasks.kind AND lanes.slots = tasks.slots),
            attempt = attempts,
            ready = iif(state = 'ready', (julianday('now') - 2440587.5) * 86400.0, NULL),
            since = iif(state = 'ready', (julianday('now') - 2440587.5) * 86400.0, NULL);
        """

    static let indexes = """
        DROP INDEX ready;
        DROP INDEX readyOfJob;
        CREATE INDEX ready ON tasks (lane, level, deadline, priority DESC, id) WHERE state = 'ready' AND held = 0;
        CREATE INDEX readyOfJob ON tasks (job, level, priority DESC, id, slots, memory, disk, kind)
            WHERE state = 'ready' AND held = 0;
        CREATE INDEX ageing ON tasks (since) WHERE state = 'ready' AND held = 0 AND level > 0;
        CREATE INDEX keptBack ON tasks (job, kind, slots) WHERE state = 'ready' AND held = 1;
        CREATE INDEX runningTwice ON tasks (otherExpires) WHERE otherExpires IS NOT NULL;
        CREATE INDEX turns ON jobs (turn) WHERE turn IS NOT NULL;
        CREATE INDEX jobsOfKey ON jobs (key) WHERE key <> 0;
        """

    /// Each key counts what runs under it.
    static let triggers = """
        CREATE TRIGGER keyMoved AFTER UPDATE OF state ON tasks
        WHEN NEW.key <> 0 AND (NEW.state = 'running') <> (OLD.state = 'running') BEGIN
            UPDATE keys SET running = running + iif(NEW.state = 'running', 1, -1) WHERE id = NEW.key;
        END;

        CREATE TRIGGER keyForgotten AFTER DELETE ON tasks WHEN OLD.key <> 0 AND OLD.state = 'running' BEGIN
            UPDATE keys SET running = running - 1 WHERE id = OLD.key;
        END;
        """
}
