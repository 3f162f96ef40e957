internal import GRDB

/// The tables, and how older databases come up to date.
///
/// `tasks` rows change often and therefore stay small: parameters, results and dependencies have tables of their own.
/// `counts` is kept by triggers, so that a job's status costs the same for ten tasks and for a hundred thousand.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 tasks") { db in
            try db.execute(sql: firstTables)
            try db.execute(sql: firstIndexes)
            try db.execute(sql: firstTriggers)
        }
        migrator.registerMigration("2 terms") { db in
            try db.execute(sql: TermsSchema.tables)
            try db.execute(sql: TermsSchema.columns)
            try db.execute(sql: TermsSchema.indexes)
            try db.execute(sql: TermsSchema.triggers)
        }
        return migrator
    }

    private static let firstTables = """
        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE tasks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            slots INTEGER NOT NULL,
            maximumAttempts INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            state TEXT NOT NULL,
            open INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0,
            worker TEXT,
            expires REAL,
            due REAL,
            created REAL NOT NULL,
            started REAL,
            finished REAL,
            failure BLOB,
            UNIQUE (job, name)
        ) STRICT;

        CREATE TABLE parameters (
            task INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
            json BLOB NOT NULL
        ) STRICT;

        CREATE TABLE results (
            task INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
            output BLOB NOT NULL,
            artifacts BLOB NOT NULL,
            cpuSeconds REAL NOT NULL,
            wallSeconds REAL NOT NULL,
            cached INTEGER NOT NULL,
            identity TEXT
        ) STRICT;

        CREATE TABLE dependencies (
            task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            position INTEGER NOT NULL,
            dependency INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            PRIMARY KEY (task, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE counts (
            job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (job, kind, state)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE remembered (
            identity TEXT PRIMARY KEY,
            outcome BLOB NOT NULL
        ) STRICT;
        """

    private static let firstIndexes = """
        CREATE INDEX dependents ON dependencies (dependency, task);
        CREATE INDEX ready ON tasks (priority DESC, id, slots, kind) WHERE state = 'ready';
        CREATE INDEX readyOfJob ON tasks (job, priority DESC, id, slots, kind) WHERE state = 'ready';
        CREATE INDEX delayed ON tasks (due) WHERE state = 'delayed';
        CREATE INDEX running ON tasks (expires) WHERE state = 'running';
        """

    private static let firstTriggers = """
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
}
