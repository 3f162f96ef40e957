import Foundation
import Glibc
import MezzTestKit
import Synchronization
import Testing

/// A worker of the fleet, kept running: what ends by itself is a defect and is started again.
final class ChaosWorker: Sendable {
    private struct State {
        var child: Child?
        /// Whether somebody here is ending it.
        var isEnding = false
    }

    let name: String
    let folder: TestFolder
    let link: ChaosLink
    let log: ChaosLog
    /// Its `--work`, relative to the folder.
    let work: String
    private let clock: ClockSkew?
    private let mezz: MezzProgram
    private let state = Mutex(State())

    init(
        _ name: String, work: String, link: ChaosLink, clock: ClockSkew?, log: ChaosLog, in folder: TestFolder
    ) throws {
        (self.name, self.work, self.link, self.log, self.folder) = (name, work, link, log, folder)
        self.clock = clock
        mezz = try MezzProgram(in: folder)
        try FileManager.default.createDirectory(atPath: folder("tmp/" + name), withIntermediateDirectories: true)
    }

    /// Whether its clock can be put off.
    var hasSkew: Bool { clock != nil }

    /// Seconds that a child's children may outlive it.
    private static let patience = 10.0

    /// Starts it, with a clock that is off by `skew` seconds.
    func start(skew: Int? = nil) throws {
        let arguments = [
            "worker", "--work", folder(work), "--slots", "1", "--reserve", "64", "--lease", "5", "--name", name,
            "--grace", "20", "--cache-size", "200", "--json",
        ]
        let own = skew.flatMap { seconds in clock?.environment(seconds) } ?? [:]
        let environment = link.environment.merging(["TMPDIR": folder("tmp/" + name)]) { _, new in new }
            .merging(own) { _, new in new }
        let child = try mezz.start(arguments, environment: environment)
        state.withLock { $0 = State(child: child) }
    }

    func send(_ signal: Int32) { state.withLock { $0.child?.send(signal) } }

    /// Kills it and starts it again.
    func kill(thenSkewed skew: Int? = nil) async throws {
        guard let child = take() else { return }
        child.send(SIGKILL)
        _ = try await child.end(within: 10)
        try await expectNoFamily(of: child)
        try start(skew: skew)
    }

    /// Asks it to end and expects that it does as it should.
    func drain() async throws {
        guard let child = take() else { return }
        child.send(SIGTERM)
        do {
            let end = try await child.end(within: 60)
            if end.status != 0 { defect("\(name) drained with status \(end.status): \(end.errorText.suffix(600))") }
            if let summary = try? JSONValue(end.output) {
                log.note("drained", "\(name): done \(summary["done"].int ?? 0), lost \(summary["lost"].int ?? 0)")
            }
        } catch let hung as ChildHung {
            defect("\(name) does not drain: \(hung.description.suffix(600))")
        }
        try await expectNoFamily(of: child)
    }

    /// Starts it again when it has ended by itself.
    func revive() async throws {
        let dead = state.withLock { state -> Child? in
            guard !state.isEnding, let child = state.child, !child.isRunning else { return nil }
            state.isEnding = true
            return child
        }
        guard let dead else { return }
        let end = try await dead.end(within: 1)
        defect("\(name) ended by itself with status \(end.status): \(end.errorText.suffix(600))")
        try await expectNoFamily(of: dead)
        try start()
    }

    private func take() -> Child? {
        state.withLock { state in
            guard !state.isEnding, let child = state.child else { return nil }
            state.isEnding = true
            return child
        }
    }

    private func expectNoFamily(of child: Child) async throws {
        if try await !child.familyEnds(within: Self.patience) {
            let left = child.family().map { pid in
                let line = (try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)) ?? ""
                return "\(pid) " + line.replacing("\0", with: " ").prefix(120)
            }
            if !left.isEmpty { defect("\(name) left processes behind: \(left)") }
        }
    }

    private func defect(_ text: String) {
        log.note("DEFECT", text)
        Issue.record("\(text)")
    }
}
