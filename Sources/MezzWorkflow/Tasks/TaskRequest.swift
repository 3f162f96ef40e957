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
    /// How many slots of a worker the task occupies; a worker with fewer gives all it has.
    package let slots: Int
    /// After this many failures or lost leases the task is set aside.
    package let maximumAttempts: Int
    /// Larger goes first; ties go in the order of insertion.
    package let priority: Int

    package init(
        name: String, kind: String, parameters: Data = Data("{}".utf8), after: [String] = [], slots: Int = 1,
        maximumAttempts: Int = 3, priority: Int = 0
    ) {
        self.name = name
        self.kind = kind
        self.parameters = parameters
        self.after = after
        self.slots = max(1, slots)
        self.maximumAttempts = max(1, maximumAttempts)
        self.priority = priority
    }

    /// Encodes `parameters` canonically.
    package init(
        name: String, kind: String, encoding parameters: some Encodable, after: [String] = [], slots: Int = 1,
        maximumAttempts: Int = 3, priority: Int = 0
    ) throws {
        self.init(
            name: name, kind: kind, parameters: try CanonicalJSON.encode(parameters), after: after, slots: slots,
            maximumAttempts: maximumAttempts, priority: priority)
    }
}
