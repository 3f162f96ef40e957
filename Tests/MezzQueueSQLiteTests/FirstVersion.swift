/// A database as the first version of the schema left it: a job in which a task has succeeded, one runs, one has
/// failed and is due again, two are ready, one waits and one was set aside.
enum FirstVersion {
    static let tables = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 tasks');

        CREATE TABLE jobs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

        CREATE TABLE tasks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
            name TEXT NOT NULL, kind TEXT NOT NULL, slots INTEGER NOT NULL, maximumAttempts INTEGER NOT NULL,
            priority INTEGER NOT NULL, state TEXT NOT NULL, open INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
            worker TEXT, expires REAL, due REAL, created REAL NOT NULL, started REAL, finished REAL, failure BLOB,
            UNIQUE (job, name)
        ) STRICT;

        CREATE TABLE parameters (
            task INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE, json BLOB NOT NULL
        ) STRICT;

        CREATE TABLE results (
            task INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
            output BLOB NOT NULL, artifacts BLOB NOT NULL, cpuSeconds REAL NOT NULL, wallSeconds REAL NOT NULL,
            cached INTEGER NOT NULL, identity TEXT
        ) STRICT;

        CREATE TABLE dependencies (
            task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE, position INTEGER NOT NULL,
            dependency INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            PRIMARY KEY (task, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE counts (
            job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
            kind TEXT NOT NULL, state TEXT NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY (job, kind, state)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE remembered (identity TEXT PRIMARY KEY, outcome BLOB NOT NULL) STRICT;

        CREATE INDEX dependents ON dependencies (dependency, task);
        CREATE INDEX ready ON tasks (priority DESC, id, slots, kind) WHERE state = 'ready';
        CREATE INDEX readyOfJob ON tasks (job, priority DESC, id, slots, kind) WHERE state = 'ready';
        CREATE INDEX delayed ON tasks (due) WHERE state = 'delayed';
        CREATE INDEX running ON tasks (expires) WHERE state = 'running';

        CREATE TRIGGER countInserted AFTER INSERT ON tasks BEGIN
            INSERT INTO counts VALUES (NEW.job, NEW.kind, NEW.state, 1)
            ON CONFLICT DO UPDATE SET number = number + 1;
        END;

        CREATE TRIGGER countMoved AFTER UPDATE OF state ON tasks WHEN OLD.state <> NEW.state BEGIN
            UPDATE counts SET number = number - 1
            WHERE job = OLD.job AND kind = OLD.kind AND state = OLD.state;
            INSERT INTO counts VALUES (NEW.job, NEW.kind, NEW.state, 1)
            ON CONFLICT DO UPDATE SET number = number + 1;
        END;
        """

    static let rows = """
        INSERT INTO jobs VALUES (1, 'job');
        INSERT INTO tasks VALUES
            (1, 1, 'plan', 'plan', 1, 3, 0, 'succeeded', 0, 1, 0, 'old', NULL, NULL, 999999000, 999999000, 999999001,
                NULL),
            (2, 1, 'running', 'encode', 4, 3, 0, 'running', 0, 2, 0, 'old', 1000000060, NULL, 999999000, 999999002,
                NULL, NULL),
            (3, 1, 'delayed', 'encode', 1, 3, 0, 'delayed', 0, 1, 1, 'old', NULL, 1000000010, 999999000, 999999003,
                NULL, NULL),
            (4, 1, 'low', 'encode', 1, 3, -1, 'ready', 0, 0, 0, NULL, NULL, NULL, 999999000, NULL, NULL, NULL),
            (5, 1, 'high', 'encode', 4, 3, 2, 'ready', 0, 0, 0, NULL, NULL, NULL, 999999000, NULL, NULL, NULL),
            (6, 1, 'end', 'join', 1, 3, 0, 'waiting', 4, 0, 0, NULL, NULL, NULL, 999999000, NULL, NULL, NULL),
            (7, 1, 'bad', 'encode', 1, 1, 0, 'failed', 0, 1, 1, 'old', NULL, NULL, 999999000, 999999004, 999999005,
                NULL);
        INSERT INTO parameters SELECT id, CAST('{}' AS BLOB) FROM tasks;
        INSERT INTO results VALUES (1, CAST('[1]' AS BLOB), CAST('[]' AS BLOB), 2, 1, 0, NULL);
        INSERT INTO dependencies VALUES (6, 0, 2), (6, 1, 3), (6, 2, 4), (6, 3, 5), (5, 0, 1);
        """
}
