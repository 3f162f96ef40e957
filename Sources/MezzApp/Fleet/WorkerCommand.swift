import ArgumentParser
import Foundation
import MezzCore
import MezzFleet
import MezzPackaging
import MezzPipeline
import MezzStorage
import MezzWorkflow

/// `mezz worker`: works for a fleet.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Work on the tasks of a fleet's jobs.",
        discussion: """
            Keeps no state: its folder may be deleted at any moment. SIGTERM drains it: tasks that will be done within \
            --grace are finished, the others are handed back at once, and it exits with 0. A second signal ends it.
            """)

    @OptionGroup(title: "Fleet")
    var database: DatabaseOptions

    @OptionGroup(title: "Fleet")
    var store: StoreOptions

    @Option(
        help: ArgumentHelp(
            "Folder for scratch files and copies of the store's files. (default: mezz-work in the temporary folder)",
            valueName: "dir"))
    var work: String?

    @Option(help: ArgumentHelp("Serve these alone: \(ServiceList.all). (default: all)", valueName: "name,..."))
    var services: ServiceList?

    @Option(help: ArgumentHelp("Processors it may use. (default: all)", valueName: "n"))
    var slots: Int?

    @Option(help: ArgumentHelp("Memory it may use. (default: nine tenths)", valueName: "MiB"))
    var memory: Int?

    @Option(help: ArgumentHelp("Disk that copies of the store's files may take.", valueName: "MiB"))
    var cacheSize = 20_480

    @Option(help: ArgumentHelp("Disk that it leaves free: with less it takes no task.", valueName: "MiB"))
    var reserve = 1_024

    @Option(help: ArgumentHelp("How long it may take to end after SIGTERM.", valueName: "seconds"))
    var grace = 25.0

    @Option(help: ArgumentHelp("End after so long without work. (default: never)", valueName: "seconds"))
    var untilIdle: Double?

    @Option(help: ArgumentHelp("How long its tasks stay with it when it dies.", valueName: "seconds"))
    var lease = 60.0

    @Option(help: ArgumentHelp("Its name, unique in the fleet. (default: from host and process)", valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Keys of protected titles that it may finish, as for mezz encode. Repeatable.",
            valueName: "file|env:name"))
    var drm: [String] = []

    @Option(help: ArgumentHelp("The private key that opens encrypted ones.", valueName: "key.pem|env:name"))
    var drmPrivateKey: String?

    @Option(
        help: ArgumentHelp(
            "Run this program where a job asks for it as its audio encoder. Repeatable. (default: none)",
            valueName: "program"))
    var audioEncoder: [String] = []

    @Flag(help: "Never try slow tasks of other workers a second time.")
    var noSpeculation = false

    @Flag(help: "Print what it did as JSON when it ends.")
    var json = false

    func validate() throws {
        if let slots, slots < 1 || slots > 1024 { throw ValidationError("--slots takes 1 to 1024") }
        if let memory, memory < 256 { throw ValidationError("--memory takes 256 MiB or more") }
        guard cacheSize >= 0, reserve >= 0 else {
            throw ValidationError("--cache-size and --reserve take no negative size")
        }
        guard grace >= 0, grace <= 86_400 else { throw ValidationError("--grace takes 0 to 86400 seconds") }
        guard lease >= 3, lease <= 3_600 else { throw ValidationError("--lease takes 3 to 3600 seconds") }
        if let untilIdle, untilIdle < 0 { throw ValidationError("--until-idle takes 0 seconds or more") }
        if let name, name.isEmpty || name.utf8.count > 200 { throw ValidationError("--name takes 1 to 200 bytes") }
    }

    func run() async throws {
        // Before anything is started that would inherit them.
        let privateKey = try KeyIntake.privateKey(drmPrivateKey)
        let keys = try drm.map { try KeyIntake.read($0, privateKey: privateKey).ring }
        KeyIntake.forgetHeaders()
        let tools = try await Tooling.findForJobs()
        let folder = try WorkFolder(work ?? NSTemporaryDirectory() + "/mezz-work")
        // Results that took minutes are worth waiting for a database that comes back.
        let queue = try await database.queue(tools: tools, patience: .seconds(300))
        let store = try await store.open(cache: folder.cache, limit: cacheSize << 20)
        await Backends.tidy(store)
        let handlers = FleetHandlers(
            store: store, tools: tools, scratch: folder.scratch, trials: TrialStore(queue),
            parts: (store as? CachedStore).map { SourceParts(cache: $0, folder: folder.path + "/parts") },
            keys: keys, audioEncoders: Set(audioEncoder))
        let log = WorkerLog()
        let worker = FleetWorker(
            queue: queue, settings: settings(folder, version: queue.stamp),
            handlers: { kind, job in
                try await handlers.handler(of: kind, in: job) { job in try await queue.terms(of: job) }
            },
            artifactExists: { try await store.holds($0) }, observer: { log.take($0) })
        Output.error("worker \(settings(folder, version: queue.stamp).name), toolset \(queue.stamp)")
        let drain = Drain()
        let grace = grace
        let summary = try await Interruptible.run(
            cancels: false, onSignal: { drain.begin(until: Date().addingTimeInterval(grace)) },
            { await worker.run(drain: drain) })
        try? FileManager.default.removeItem(atPath: folder.scratch)
        if json { Output.json(WorkerSummaryDocument(summary)) } else { Output.error(WorkerLog.text(summary)) }
    }

    private func settings(_ folder: WorkFolder, version: String) -> WorkerSettings {
        let host = ProcessInfo.processInfo.hostName
        var settings = WorkerSettings(
            name: name ?? "\(host)-\(ProcessInfo.processInfo.processIdentifier)-\(folder.number)", host: host,
            version: version,
            capacity: Capacity(
                slots: slots ?? ProcessInfo.processInfo.activeProcessorCount,
                memory: memory ?? Int(ProcessInfo.processInfo.physicalMemory >> 20) / 10 * 9, disk: .max),
            kinds: services?.kinds ?? Set(Service.allCases.flatMap(\.kinds)), folder: folder.path)
        settings.reserve = reserve
        settings.leaseTime = .seconds(lease)
        settings.idleLimit = untilIdle.map { .seconds($0) }
        settings.stragglers = noSpeculation ? nil : StragglerRule()
        return settings
    }
}
