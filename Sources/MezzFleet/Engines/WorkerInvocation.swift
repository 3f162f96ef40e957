package import MezzCore

/// The command line of a worker that an engine starts, and what it needs of its machine.
///
/// The addresses of the database and the store are not on it: they may hold passwords, and command lines are seen by
/// everyone on a machine and kept in the engine's records. They come through `MEZZ_DATABASE` and `MEZZ_STORE`.
package struct WorkerInvocation: Sendable, Hashable {
    /// Processors, 1 or more.
    package let slots: Int
    /// Memory in MiB, 1 or more.
    package let memory: Int
    /// Seconds that a worker asked to end has for its tasks.
    package let grace: Int
    /// Seconds without work after which it ends.
    package let idle: Int
    /// Folder for everything it keeps on disk, on its machine; `nil` leaves the choice to the worker.
    package var folder: String?
    /// Seconds for which its tasks stay with it when it dies; `nil` leaves the choice to the worker.
    package var lease: Int?
    /// What it serves; empty means all.
    package let services: [String]

    /// - Throws: `Failure` (`usage`) for numbers out of range.
    package init(
        slots: Int, memory: Int, grace: Int = 30, idle: Int = 60, folder: String? = nil, lease: Int? = nil,
        services: [String] = []
    ) throws(Failure) {
        guard (1...4096).contains(slots), (1...1 << 26).contains(memory), (0...86400).contains(grace),
            (1...604_800).contains(idle)
        else {
            throw Failure(
                .usage, what: "no such worker can be",
                place: "\(slots) slots, \(memory) MiB, grace \(grace) s, idle \(idle) s",
                remedy: "1 to 4096 slots, 1 MiB to 64 TiB, up to a day of grace, 1 second to a week until idle")
        }
        self.slots = slots
        self.memory = memory
        self.grace = grace
        self.idle = idle
        self.folder = folder
        self.lease = lease
        self.services = services
    }

    /// The arguments behind the program.
    package var arguments: [String] {
        var list = ["worker", "--slots", "\(slots)", "--memory", "\(memory)"]
        list += ["--grace", "\(grace)", "--until-idle", "\(idle)"]
        if let folder { list += ["--work", folder] }
        if let lease { list += ["--lease", "\(lease)"] }
        if !services.isEmpty { list += ["--services", services.joined(separator: ",")] }
        return list
    }

    /// Seconds between the engine's first word and its last: the grace, and a moment for handing back.
    package var notice: Int { grace + 15 }
}
