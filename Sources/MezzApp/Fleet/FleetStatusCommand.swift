import ArgumentParser
import MezzCore
import MezzFleet
import MezzWorkflow

/// `mezz fleet status`: who works, and on what.
struct FleetStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "List a fleet's workers and its work, by class and kind.")

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @Flag(help: "Print it as JSON.")
    var json = false

    func run() async throws {
        let queue = try await database.queue()
        let document = FleetStatusDocument(depths: try await queue.depths(), workers: try await queue.workers())
        if json { Output.json(document) } else { Output.line(document.text) }
    }
}

/// A fleet's state for programs and people.
struct FleetStatusDocument: Encodable {
    let workers: [Worker]
    let work: [Work]
    /// Toolsets that work waits for and no worker has.
    let missing: [String]

    /// A worker.
    struct Worker: Encodable {
        let name: String
        let host: String
        let toolset: String
        let slots: Int
        let memory: Int
        let draining: Bool
    }

    /// The tasks of one class and kind.
    struct Work: Encodable {
        let priorityClass: PriorityClass
        let kind: String
        let toolset: String
        let ready: Int
        let running: Int
        let held: Int
        let oldestSeconds: Double

        private enum CodingKeys: String, CodingKey {
            case priorityClass = "class"
            case kind
            case toolset
            case ready
            case running
            case held
            case oldestSeconds = "oldest_seconds"
        }
    }

    init(depths: [QueueDepth], workers records: [WorkerRecord]) {
        workers = records.map { record in
            Worker(
                name: record.worker, host: record.host, toolset: record.version, slots: record.capacity.slots,
                memory: record.capacity.memory, draining: record.isDraining)
        }
        work = depths.sorted { ($0.priorityClass.rawValue, $0.kind) < ($1.priorityClass.rawValue, $1.kind) }.map {
            depth in
            Work(
                priorityClass: depth.priorityClass, kind: StampedKind.plain(depth.kind),
                toolset: StampedKind.stamp(of: depth.kind) ?? "", ready: depth.ready, running: depth.running,
                held: depth.held, oldestSeconds: depth.oldestSeconds)
        }
        let present = Set(records.filter { !$0.isDraining }.map(\.version))
        missing = Set(work.filter { $0.ready > 0 }.map(\.toolset)).subtracting(present).sorted()
    }

    var text: String {
        let people = workers.map { worker in
            [
                worker.name.printable, worker.toolset, "\(worker.slots)", "\(worker.memory)",
                worker.draining ? "draining" : "active",
            ]
        }
        let tasks = work.map { work in
            [
                work.priorityClass.rawValue, work.kind, work.toolset, "\(work.ready)", "\(work.running)",
                "\(work.held)",
                "\(Int(work.oldestSeconds))",
            ]
        }
        var parts: [String] = []
        if people.isEmpty {
            parts.append("no workers")
        } else {
            let header = ["worker", "toolset", "slots", "MiB", "state"]
            parts.append(TextTable(header: header, rows: people, leftAligned: 2).text)
        }
        if tasks.isEmpty {
            parts.append("nothing to do")
        } else {
            let header = ["class", "kind", "toolset", "ready", "running", "held", "oldest s"]
            parts.append(TextTable(header: header, rows: tasks, leftAligned: 3).text)
        }
        parts += missing.map {
            "work waits for toolset \($0), and no worker has it: start workers of the version that submitted it"
        }
        return parts.joined(separator: "\n\n")
    }
}
