package import FoundationEssentials
package import MezzCore

/// A file in the object store, with the name its task gave it.
package struct Artifact: Codable, Sendable, Hashable {
    /// What the file is to the task that made it, such as `video.mp4`.
    package let name: String
    /// Where it is in the store.
    package let hash: ContentHash
    /// Its size.
    package let bytes: Int

    package init(name: String, hash: ContentHash, bytes: Int) {
        self.name = name
        self.hash = hash
        self.bytes = bytes
    }
}

/// What a task cost.
package struct ResourceUsage: Codable, Sendable, Hashable {
    /// Processor seconds, summed over threads and child processes.
    package var cpuSeconds: Double
    /// Seconds from start to end.
    package var wallSeconds: Double

    package init(cpuSeconds: Double = 0, wallSeconds: Double = 0) {
        self.cpuSeconds = cpuSeconds
        self.wallSeconds = wallSeconds
    }
}

/// What a task that succeeded leaves behind.
package struct TaskOutcome: Codable, Sendable, Hashable {
    /// The value later tasks read: canonical JSON.
    package let output: Data
    /// Files it put into the store.
    package let artifacts: [Artifact]
    /// Tasks it decided on; they enter the job together with this result or not at all.
    package let children: [TaskRequest]
    /// What it cost.
    package let usage: ResourceUsage

    package init(
        output: Data = Data("{}".utf8), artifacts: [Artifact] = [], children: [TaskRequest] = [],
        usage: ResourceUsage = ResourceUsage()
    ) {
        self.output = output
        self.artifacts = artifacts
        self.children = children
        self.usage = usage
    }

    /// Encodes `output` canonically.
    package init(
        encoding output: some Encodable, artifacts: [Artifact] = [], children: [TaskRequest] = [],
        usage: ResourceUsage = ResourceUsage()
    ) throws {
        self.init(
            output: try CanonicalJSON.encode(output), artifacts: artifacts, children: children, usage: usage)
    }
}
