internal import MezzWorkflow

/// One step from an older set of tables to a newer one.
struct Migration: Sendable {
    /// Counts from 1 without gaps.
    let version: Int
    /// What it is about, for whoever reads the table of versions.
    let name: String
    /// Its statements.
    let script: String

    /// Brings the database up to date. Safe with any number of programs starting at once: the first takes an
    /// advisory lock, does the work in one transaction, and the others find it done. A current database is only
    /// read, so that workers need no right to create anything.
    static func bringUpToDate(_ connection: Connection, with migrations: [Migration] = Schema.migrations) throws {
        let newest = migrations.last?.version ?? 0
        if try connection.run(hasVersions).first?("found") ?? false {
            let version = try version(of: connection)
            guard version < newest else { return }
        }
        try connection.transaction {
            try connection.run(lock, [.int(AdvisoryLock.migration)])
            try connection.run(script: versions)
            let version = try version(of: connection)
            for migration in migrations where migration.version > version {
                try connection.run(script: migration.script)
                try connection.run(record, [.int(migration.version), .text(migration.name)])
            }
        }
    }

    /// The database's version, refused when it is newer than this program.
    private static func version(of connection: Connection) throws -> Int {
        let version: Int = try connection.run(currentVersion).first?("version") ?? 0
        guard version <= Schema.migrations.last?.version ?? 0 else {
            throw QueueError.newerDatabase(connection.address.place)
        }
        return version
    }

    private static let versions = """
        CREATE SCHEMA IF NOT EXISTS mezz;
        CREATE TABLE IF NOT EXISTS mezz.migrations (
            version bigint PRIMARY KEY, name text NOT NULL, applied timestamptz NOT NULL DEFAULT now()
        )
        """
    private static let hasVersions = Statement(
        name: "has_versions", sql: "SELECT to_regclass('mezz.migrations') IS NOT NULL AS found")
    private static let currentVersion = Statement(
        name: "current_version", sql: "SELECT coalesce(max(version), 0) AS version FROM mezz.migrations")
    private static let lock = Statement(
        name: "lock_migrations", sql: "SELECT pg_advisory_xact_lock($1::bigint)")
    private static let record = Statement(
        name: "record_migration", sql: "INSERT INTO mezz.migrations VALUES ($1::bigint, $2::text)")
}

/// Numbers of PostgreSQL's advisory locks, which all programs on a database share: the letters "mezz" and a count.
enum AdvisoryLock {
    static let migration = 0x6D65_7A7A_0001
    static let counting = 0x6D65_7A7A_0002
}
