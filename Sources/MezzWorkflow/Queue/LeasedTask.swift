package import FoundationEssentials

/// The result of a task this one comes after.
package struct TaskInput: Sendable, Hashable {
    /// The name of the task that made it.
    package let name: String
    /// Its output: canonical JSON.
    package let output: Data
    /// Its files.
    package let artifacts: [Artifact]

    package init(name: String, output: Data, artifacts: [Artifact]) {
        self.name = name
        self.output = output
        self.artifacts = artifacts
    }

    /// Reads the output as a value.
    package func output<Value: Decodable>(as type: Value.Type) throws -> Value {
        try CanonicalJSON.decode(type, from: output)
    }
}

/// A task that one worker holds until `expires`.
package struct LeasedTask: Sendable, Hashable {
    /// The job the task belongs to.
    package let job: JobID
    /// What to do.
    package let request: TaskRequest
    /// Results of the tasks in `request.after`, in that order.
    package let inputs: [TaskInput]
    /// Grows by one with each lease of this task; a settlement with an older number is refused.
    package let attempt: Int
    /// How many attempts have failed or been abandoned so far.
    package let failures: Int
    /// Who holds it.
    package let worker: String
    /// When another worker may take it, unless the lease is extended.
    package let expires: Date

    package init(
        job: JobID, request: TaskRequest, inputs: [TaskInput], attempt: Int, failures: Int, worker: String,
        expires: Date
    ) {
        self.job = job
        self.request = request
        self.inputs = inputs
        self.attempt = attempt
        self.failures = failures
        self.worker = worker
        self.expires = expires
    }
}
