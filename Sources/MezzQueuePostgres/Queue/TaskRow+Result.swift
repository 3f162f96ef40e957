internal import FoundationEssentials
internal import MezzCore
internal import MezzWorkflow

extension TaskRow {
    /// The result of a succeeded task, from `results`.
    static func result(_ row: Row) throws -> TaskResult? {
        guard let output: Data = try row.optional("output") else { return nil }
        return TaskResult(
            output: output, artifacts: try ArtifactList.read(row("artifacts")),
            usage: ResourceUsage(cpuSeconds: try row("cpu_seconds"), wallSeconds: try row("wall_seconds")),
            cached: try row("cached"),
            identity: try row.optional("identity", as: String.self).flatMap(ContentHash.init(hex:)))
    }
}

/// How a result's artifacts are written in a column.
enum ArtifactList {
    private static let none = Data("[]".utf8)

    static func read(_ data: Data) throws -> [Artifact] {
        data == none ? [] : try CanonicalJSON.decode([Artifact].self, from: data)
    }

    static func write(_ artifacts: [Artifact]) throws -> Data {
        artifacts.isEmpty ? none : try CanonicalJSON.encode(artifacts)
    }
}
