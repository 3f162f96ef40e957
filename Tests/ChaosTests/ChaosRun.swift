import Foundation
import MezzTestKit
import Synchronization
import Testing

/// One run: a fleet, its clients, faults, and the audit at the end.
struct ChaosRun {
    private static let names = (0..<4).map { "w\($0)" }

    private let plan: ChaosPlan
    private let folder: TestFolder
    private let ground: ChaosGround
    private let log: ChaosLog
    private let client: ChaosClient
    /// Titles so far, poison ones among them.
    private let titles = Counter()

    init(_ plan: ChaosPlan, in folder: TestFolder) async throws {
        self.plan = plan
        self.folder = folder
        log = ChaosLog(plan)
        ground = try await ChaosGround()
        client = ChaosClient(
            folder: folder, mezz: try MezzProgram(in: folder), link: try ChaosLink(to: ground, seed: plan.seed),
            ground: ground, log: log)
    }

    func run(hasSmallDisk: Bool) async throws {
        // The first program that opens the database makes its tables.
        let first = try await client.mezz.run(["jobs"], environment: ground.plain)
        #expect(first.status == 0, "\(first.errorText)")
        let audit = ChaosAudit(ground: ground)
        try await audit.arm()
        let clock = try await ClockSkew(in: folder)
        if clock == nil { print("chaos: no C compiler here, so no clock is put off") }
        let workers = try Self.names.enumerated().map { number, name in
            let work = hasSmallDisk && number == 0 ? "disk/" + name : name
            let link = try ChaosLink(to: ground, seed: plan.seed &+ UInt64(number) + 1)
            return try ChaosWorker(name, work: work, link: link, clock: clock, log: log, in: folder)
        }
        for worker in workers { try worker.start() }
        try await work(with: workers, small: hasSmallDisk ? (workers[0], folder("disk/filler")) : nil)
        try await end(workers, audit)
    }

    private func work(with workers: [ChaosWorker], small: (worker: ChaosWorker, filler: String)?) async throws {
        let (client, titles, log, seconds) = (client, titles, log, plan.seconds)
        let base = Int(plan.seed % 100_000) * 100
        let monkey = ChaosMonkey(
            ground: ground, workers: workers, client: client.link, small: small, faults: plan.faults, log: log,
            poison: { try await client.poison(ChaosTitle(number: base + titles.next())) })
        let watch = Task {
            while !Task.isCancelled {
                for worker in workers { try await worker.revive() }
                try await Task.sleep(for: .seconds(1))
            }
        }
        defer { watch.cancel() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await monkey.run(for: seconds) }
            for _ in 0..<3 {
                group.addTask {
                    repeat {
                        try await client.encode(ChaosTitle(number: base + titles.next()))
                    } while log.seconds < seconds
                }
            }
            try await group.waitForAll()
        }
    }

    private func end(_ workers: [ChaosWorker], _ audit: ChaosAudit) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { try await worker.drain() } }
            try await group.waitForAll()
        }
        var findings = try await audit.findings(poisoned: log.count("poisoned job failed, as it must"))
        for worker in workers {
            for part in folder.names(in: worker.work) {
                let left = folder.names(in: worker.work + "/\(part)/scratch")
                if !left.isEmpty { findings.append("scratch files of \(worker.name): \(left.prefix(5))") }
            }
        }
        let left = try folder.files(under: "tmp")
        if !left.isEmpty { findings.append("temporary files: \(left.prefix(5))") }
        let folders = folder.names(in: "tmp").filter { !folder.names(in: "tmp/" + $0).isEmpty }
        if !folders.isEmpty { findings.append("temporary folders: \(folders.map { folder.names(in: "tmp/" + $0) })") }
        let uploads = try await audit.sweepUploads()
        if uploads.left > 0 { findings.append("\(uploads.left) uploads cannot be given up") }
        for finding in findings {
            log.note("DEFECT", finding)
            Issue.record("\(finding)")
        }
        #expect(log.count("identical") > 0, "no title was encoded")
        log.finish(
            "seed \(plan.seed), \(Int(log.seconds)) s, \(try await audit.tally()), "
                + "\(uploads.abandoned) abandoned uploads swept")
    }
}

/// Counts up from 0.
final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            defer { value += 1 }
            return value
        }
    }
}
