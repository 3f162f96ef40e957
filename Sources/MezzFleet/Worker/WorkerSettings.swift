package import MezzWorkflow

/// How a worker presents itself and behaves.
package struct WorkerSettings: Sendable {
    /// Unique among everyone who uses the queue.
    package let name: String
    /// The machine's name.
    package let host: String
    /// What of it decides results: shown to people who look for the odd one out.
    package let version: String
    /// What it has. Disk is looked at again before each task.
    package let capacity: Capacity
    /// The kinds of tasks it serves.
    package let kinds: Set<String>
    /// Folder for everything it keeps on disk.
    package let folder: String
    /// Disk that it leaves free, in MiB: below it no task is taken.
    package var reserve = 1024
    /// How long a dead worker's tasks stay with it.
    package var leaseTime: Duration = .seconds(60)
    /// It ends by itself when there was nothing to do for so long; `nil` means never.
    package var idleLimit: Duration?
    /// When a task on another worker is tried here as well; `nil` means never.
    package var stragglers: StragglerRule? = StragglerRule()

    package init(
        name: String, host: String, version: String, capacity: Capacity, kinds: Set<String>, folder: String
    ) {
        self.name = name
        self.host = host
        self.version = version
        self.capacity = capacity
        self.kinds = kinds
        self.folder = folder
    }
}
