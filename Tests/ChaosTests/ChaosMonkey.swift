import Foundation
import Glibc
import MezzTestKit

/// Does faults to the fleet, one every few seconds, several at once on different targets. Each is undone before its
/// task ends.
struct ChaosMonkey: Sendable {
    let ground: ChaosGround
    let workers: [ChaosWorker]
    /// The way of those who submit and wait.
    let client: ChaosLink
    /// The worker whose folder lies on a disk of its own, and a file there that fills it.
    let small: (worker: ChaosWorker, filler: String)?
    let faults: [ChaosFault]
    let log: ChaosLog
    /// Encodes a poison title on the fleet.
    let poison: @Sendable () async throws -> Void

    /// Draws faults for so many seconds and returns when all are undone.
    func run(for seconds: Double) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            while log.seconds < seconds, !faults.isEmpty {
                try await Task.sleep(for: .seconds(log.seconds(2...6)))
                let fault = faults[log.below(faults.count)]
                group.addTask { try await strike(fault) }
            }
            try await group.waitForAll()
        }
    }

    private func strike(_ fault: ChaosFault) async throws {
        guard fault.isOfWorker else { return try await held(fault, "\(fault)") { try await strikeServers(fault) } }
        let worker = fault == .fillDisk ? small?.worker : try await target(fault)
        guard let worker, fault != .skewClock || worker.hasSkew else { return }
        try await held(fault, worker.name) { try await strike(fault, worker) }
    }

    /// A worker by lot; for what is worst in the middle of a task, one that is in the middle of one.
    private func target(_ fault: ChaosFault) async throws -> ChaosWorker {
        let lot = workers[log.below(workers.count)]
        guard [.killWorker, .drainWorker, .freezeWorker, .deleteFolder].contains(fault) else { return lot }
        let limit = ContinuousClock.now + .seconds(2)
        while ContinuousClock.now < limit {
            let names = try await ground.rows("SELECT worker FROM mezz.holds")
            let busy = workers.filter { names.contains($0.name) }
            if !busy.isEmpty { return busy[log.below(busy.count)] }
            try await Task.sleep(for: .milliseconds(50))
        }
        return lot
    }

    /// Does a fault to a target that nothing else is being done to; otherwise lets it be.
    private func held(_ fault: ChaosFault, _ target: String, _ body: () async throws -> Void) async throws {
        let isServer = [.crashDatabase, .restartDatabase].contains(fault)
        let target = isServer ? "database" : target
        guard log.take(target) else { return }
        defer { log.giveBack(target) }
        log.note(fault.rawValue, target)
        try await body()
    }

    private func strike(_ fault: ChaosFault, _ worker: ChaosWorker) async throws {
        let link = worker.link
        switch fault {
        case .killWorker: try await worker.kill()
        case .drainWorker:
            try await worker.drain()
            try worker.start()
        case .freezeWorker:
            worker.send(SIGSTOP)
            try? await pause(6...10)
            worker.send(SIGCONT)
        case .deleteFolder: try? FileManager.default.removeItem(atPath: worker.folder(worker.work))
        case .fillDisk: try await fillDisk()
        case .skewClock:
            try await worker.kill(thenSkewed: log.below(2) == 0 ? -600 : 600)
            try? await pause(15...30)
            try await worker.kill()
        case .partitionDatabase: try await during(3...12) { link.database.refuse($0) }
        case .silenceDatabase: try await during(3...12) { link.database.silence($0) }
        case .slowDatabase: try await during(5...15) { link.database.delay($0 ? 0.5 : 0) }
        case .loseDatabase: try await during(5...15) { link.database.lose($0 ? 0.1 : 0) }
        case .partitionStore: try await during(3...12) { link.store.refuse($0) }
        case .silenceStore: try await during(3...12) { link.store.silence($0) }
        case .slowStore: try await during(5...15) { link.store.delay($0 ? 0.5 : 0) }
        case .loseStore: try await during(5...15) { link.store.lose($0 ? 0.05 : 0) }
        case .storeErrors: try await during(5...15) { answer([.internalError, .unavailable, .slowDown], $0, link) }
        case .storeTruncates: try await during(5...15) { answer([.truncated, .resetBefore, .resetAfter], $0, link) }
        case .storeDamages: try await during(5...15) { answer([.damagedUpload, .damagedDownload], $0, link) }
        default: return
        }
    }

    private func answer(_ faults: Set<FaultyHTTP.Fault>, _ isOn: Bool, _ link: ChaosLink) {
        link.http.change(faults, probability: isOn ? 0.3 : 0)
    }

    private func strikeServers(_ fault: ChaosFault) async throws {
        let (postgres, still) = (ground.postgres, log.seconds(0...4))
        switch fault {
        case .crashDatabase:
            try await offPool {
                try postgres.crash()
                Thread.sleep(forTimeInterval: still)
                try postgres.start()
            }
        case .restartDatabase: try await offPool { try postgres.restartImmediately() }
        case .freezeStore:
            ground.moto.freeze()
            try? await pause(3...8)
            ground.moto.thaw()
        case .poison: try await poison()
        default: return
        }
    }

    /// Writes until the small disk is full, and clears up after a while.
    private func fillDisk() async throws {
        guard let small else { return }
        try await offPool {
            _ = FileManager.default.createFile(atPath: small.filler, contents: nil)
            guard let file = FileHandle(forWritingAtPath: small.filler) else { return }
            let block = Data(count: 1 << 20)
            while (try? file.write(contentsOf: block)) != nil {}
            try? file.close()
        }
        try? await pause(4...10)
        try? FileManager.default.removeItem(atPath: small.filler)
    }

    private func during(_ range: ClosedRange<Double>, _ change: (Bool) -> Void) async throws {
        change(true)
        // A cancelled run undoes what it did, too.
        try? await pause(range)
        change(false)
    }

    private func pause(_ range: ClosedRange<Double>) async throws {
        try await Task.sleep(for: .seconds(log.seconds(range)))
    }
}
