/// Does the work of one kind of task.
package protocol TaskHandler: Sendable {
    /// The kind of task it handles.
    var kind: String { get }

    /// Names and versions of the tools whose change must change the result.
    var version: String { get }

    /// Does the work. Throw ``TaskFailure`` to say what happened; any other error fails the task for good. When the
    /// surrounding task is cancelled, stop child processes, remove partial files and throw.
    func run(_ context: TaskContext) async throws -> TaskOutcome
}

/// Thrown by a handler when not the work but the place it was done in has failed: the task goes back to the queue and
/// the attempt is not counted.
package struct HandedBack: Error {
    package init() {}
}

/// What a handler gets to see.
package struct TaskContext: Sendable {
    /// The job the task belongs to.
    package let job: JobID
    /// What to do.
    package let request: TaskRequest
    /// Results of the tasks in `request.after`, in that order.
    package let inputs: [TaskInput]
    /// Which lease of the task this is; unique per task, so usable in names of scratch folders.
    package let attempt: Int
    /// How many slots of the worker the task was given.
    package let slots: Int
    private let progress: @Sendable (TaskProgress) -> Void

    package init(
        job: JobID, request: TaskRequest, inputs: [TaskInput], attempt: Int, slots: Int,
        progress: @escaping @Sendable (TaskProgress) -> Void
    ) {
        self.job = job
        self.request = request
        self.inputs = inputs
        self.attempt = attempt
        self.slots = slots
        self.progress = progress
    }

    /// Reads the parameters as a value.
    package func parameters<Value: Decodable>(as type: Value.Type) throws -> Value {
        try CanonicalJSON.decode(type, from: request.parameters)
    }

    /// Tells observers how far the task is, from 0 to 1.
    package func report(progress fraction: Double) {
        progress(TaskProgress(fraction: fraction))
    }

    /// Tells observers how many frames are done.
    package func report(frames done: Int, of total: Int?) {
        progress(TaskProgress(frames: done, of: total))
    }
}

/// How far a running task is.
package struct TaskProgress: Sendable, Hashable {
    /// From 0 to 1, when the end is known.
    package let fraction: Double?
    /// Frames done.
    package let frames: Int?
    /// Frames in all.
    package let totalFrames: Int?

    package init(fraction: Double) {
        self.fraction = min(1, max(0, fraction))
        self.frames = nil
        self.totalFrames = nil
    }

    package init(frames: Int, of total: Int?) {
        self.fraction = total.flatMap { $0 > 0 ? min(1, max(0, Double(frames) / Double($0))) : nil }
        self.frames = frames
        self.totalFrames = total
    }
}
