import Foundation
import MezzCore
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Synchronization
import Testing

@Suite("A fleet's keeper")
struct FleetKeeperTests {
    /// Starts workers in no time, or refuses.
    private final class Engine: ComputeEngine {
        struct State {
            var workers = EngineWorkers.none
            var starts: [Int] = []
            var refusal: Failure?
        }

        let name = "test"
        let state = Mutex(State())

        func workers() async throws -> EngineWorkers { state.withLock(\.workers) }

        func start(_ count: Int) async throws {
            try state.withLock { state in
                if let refusal = state.refusal { throw refusal }
                state.starts.append(count)
                state.workers = state.workers + EngineWorkers(pending: count, running: 0)
            }
        }

        func refuse(_ status: MezzCore.ExitStatus?) {
            let failure = status.map { Failure($0, what: "full", place: "here", remedy: "wait") }
            state.withLock { $0.refusal = failure }
        }
    }

    private final class Log: Sendable {
        let events = Mutex<[KeeperEvent]>([])
        func note(_ event: KeeperEvent) { events.withLock { $0.append(event) } }
        var waits: [Duration] {
            events.withLock { $0.compactMap { if case .refused(_, let wait) = $0 { wait } else { nil } } }
        }
    }

    private let queue = FixedDepths(10)
    private let engine = Engine()
    private let clock = FakeClock()
    private let log = Log()

    private func keeper(minimum: Int = 0, maximum: Int = 100) -> FleetKeeper {
        FleetKeeper(
            queue: queue, engine: engine, limits: DemandLimits(minimum: minimum, maximum: maximum, slotsPerWorker: 2),
            period: .seconds(10), clock: clock, observer: log.note)
    }

    @Test("starts what lacks, and nothing when all are there, running or not")
    func startsWhatLacks() async throws {
        #expect(try await keeper().look().started == 5)
        #expect(try await keeper().look().started == 0)
        engine.state.withLock { $0.workers = EngineWorkers(pending: 1, running: 2) }
        let look = try await keeper().look()
        #expect(look.started == 2 && look.workers == EngineWorkers(pending: 3, running: 2))
        #expect(engine.state.withLock(\.starts) == [5, 2])
    }

    @Test("never goes over the most, and keeps the least without work")
    func bounds() async throws {
        queue.set(1_000_000)
        #expect(try await keeper(maximum: 7).look().started == 7)
        #expect(try await keeper(maximum: 7).look().started == 0)
        queue.set(0)
        engine.state.withLock { $0.workers = .none }
        #expect(try await keeper(minimum: 2).look().started == 2)
    }

    @Test("starts none when there are more than wanted, and ends none")
    func leavesSurplus() async throws {
        engine.state.withLock { $0.workers = EngineWorkers(pending: 50, running: 50) }
        #expect(try await keeper().look().started == 0)
    }

    @Test("a look by itself hands the engine's refusal on")
    func onceThrows() async throws {
        engine.refuse(.temporary)
        let failure = await #expect(throws: Failure.self) { try await keeper().look() }
        #expect(failure?.status == .temporary)
    }

    @Test("waits longer after each refusal, ten minutes at most, and as usual after a success")
    func backsOff() async throws {
        engine.refuse(.temporary)
        let running = Task { try await keeper().run() }
        for count in 1...9 {
            try await until { log.waits.count == count }
            try await until { !clock.alarms.isEmpty }
            if count == 9 { engine.refuse(nil) }
            clock.advance(by: log.waits[count - 1])
        }
        try await until { engine.state.withLock(\.starts) == [5] }
        try await until { !clock.alarms.isEmpty }
        #expect(clock.alarms.first == clock.now.addingTimeInterval(10))
        #expect(log.waits.map { Int($0 / .seconds(1)) } == [20, 40, 80, 160, 320, 600, 600, 600, 600])
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
    }

    @Test("says one line for each change, and nothing while nothing changes")
    func lines() async throws {
        let running = Task { try await keeper().run() }
        try await tick()
        try await tick()
        try await tick()
        engine.state.withLock { $0.workers = EngineWorkers(pending: 0, running: 5) }
        try await tick()
        try await tick()
        queue.fail(.busy("locked"))
        try await tick()
        running.cancel()
        _ = await running.result
        #expect(
            log.events.withLock { $0.map(\.description) } == [
                "started 5: wanted 5 for 10 slots, had 0 running and 0 pending",
                "5 running and 0 pending: wanted 5 for 10 slots",
                "the queue cannot be asked: fleet: check the database; next look in 20 s",
            ])
    }

    @Test("ends when no waiting helps", arguments: [true, false])
    func endsForGood(isClientMissing: Bool) async throws {
        if isClientMissing { engine.refuse(.unavailable) } else { queue.fail(.newerDatabase("db")) }
        let failure = await #expect(throws: Failure.self) { try await keeper().run() }
        #expect(failure?.status == .unavailable)
    }

    /// Lets the keeper look once and go to sleep again.
    private func tick() async throws {
        try await until { !clock.alarms.isEmpty }
        clock.advance(by: .seconds(10))
        try await until { !clock.alarms.isEmpty }
    }

    private func until(_ isSo: () -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while !isSo() {
            try #require(ContinuousClock.now < limit)
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}
