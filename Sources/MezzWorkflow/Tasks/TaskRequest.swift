package import FoundationEssentials

/// One piece of work, as the queue keeps it.
package struct TaskRequest: Sendable, Hashable {
    /// Unique inside the job, such as `encode/avc-360p/chunk-0003`. Inserting a name twice changes nothing when the
    /// rest is equal and is an error otherwise.
    package let name: String
    /// Selects the handler.
    package let kind: String
    /// What the handler reads: canonical JSON.
    package let parameters: Data
    /// Names of tasks of the same job that must have succeeded first. Their results are handed over in this order.
    package let after: [String]
    /// What the task takes of a worker. A worker with fewer slots gives all it has.
    package let needs: Capacity
    /// After this many failures or lost leases the task is set aside.
    package let maximumAttempts: Int
    /// Larger goes first; ties go in the order of insertion.
    package let priority: Int

    package init(
        name: String, kind: String, parameters: Data = Data("{}".utf8), after: [String] = [], slots: Int = 1,
        memory: Int = 0, disk: Int = 0, maximumAttempts: Int = 3, priority: Int = 0
    ) {
        self.name = name
        self.kind = kind
        self.parameters = parameters
        self.after = after
        self.needs = Capacity(slots: max(1, slots), memory: max(0, memory), disk: max(0, disk))
        self.maximumAttempts = max(1, maximumAttempts)
        self.priority = priority
    }

    /// How many slots it takes.
    package var slots: Int { needs.slots }

    /// Encodes `parameters` canonically.
    package init(
        name: String, kind: String, encoding parameters: some Encodable, after: [String] = [], slots: Int = 1,
        memory: Int = 0, disk: Int = 0, maximumAttempts: Int = 3, priority: Int = 0
    ) throws {
        self.init(
            name: name, kind: kind, parameters: try CanonicalJSON.encode(parameters), after: after, slots: slots,
            memory: memory, disk: disk, maximumAttempts: maximumAttempts, priority: priority)
    }
}
