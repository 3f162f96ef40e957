import MezzCore
package import MezzWorkflow

/// Keeps as many workers at an engine as a queue has work for.
///
/// It starts and never stops: workers that find nothing to do leave. It keeps no state either, so it may be ended and
/// started at will, and run once from time to time instead of all the time. Two at once would start too many
/// workers, within the maximum each, which then leave again.
package struct FleetKeeper: Sendable {
    private let queue: any FleetInspection
    private let engine: any ComputeEngine
    private let limits: DemandLimits
    private let scope: WorkScope
    private let period: Duration
    private let clock: any WorkClock
    private let observer: @Sendable (KeeperEvent) -> Void

    /// The longest wait after refusals.
    private static let patience: Duration = .seconds(600)

    /// - Parameters:
    ///   - scope: What the workers it starts can do.
    ///   - period: Time between two looks.
    package init(
        queue: any FleetInspection, engine: any ComputeEngine, limits: DemandLimits, scope: WorkScope = WorkScope(),
        period: Duration = .seconds(15), clock: any WorkClock = SystemWorkClock(),
        observer: @escaping @Sendable (KeeperEvent) -> Void = { _ in }
    ) {
        self.queue = queue
        self.engine = engine
        self.limits = limits
        self.scope = scope
        self.period = max(period, .seconds(1))
        self.clock = clock
        self.observer = observer
    }

    /// Looks once and starts what lacks.
    /// - Throws: `Failure`, from the queue or the engine; `CancellationError`.
    @discardableResult
    package func look() async throws -> KeeperLook {
        let demand = try await demand()
        let before = try await engine.workers()
        // The demand is within the maximum already: together there are never more than that.
        let lack = max(0, demand.workers - before.total)
        if lack > 0 { try await engine.start(lack) }
        let after = EngineWorkers(pending: before.pending + lack, running: before.running)
        let look = KeeperLook(wanted: demand.workers, slots: demand.slots, workers: after, started: lack)
        if lack > 0 { observer(.started(count: lack, before: before, look: look)) }
        return look
    }

    /// Looks every period until the calling task is cancelled. After a refusal it waits twice as long as before, ten
    /// minutes at most.
    /// - Throws: `Failure` when the engine's client is missing or the queue is of a newer version: waiting mends neither; `CancellationError`.
    package func run() async throws {
        var refusals = 0
        var last: KeeperLook?
        while true {
            var wait = period
            do {
                let look = try await look()
                if look.started == 0, look != last { observer(.changed(look)) }
                // Compared with the next look, at which those started now are there already.
                last = KeeperLook(wanted: look.wanted, slots: look.slots, workers: look.workers, started: 0)
                refusals = 0
            } catch let failure as Failure where failure.status != .unavailable {
                refusals += 1
                wait = max(period, min(Self.patience, period * (1 << min(refusals, 10))))
                observer(.refused(failure, retryAfter: wait))
            }
            try await clock.sleep(until: clock.date(in: wait))
        }
    }

    private func demand() async throws -> FleetDemand {
        do throws(QueueError) {
            return FleetDemand(try await queue.depths(), limits: limits, scope: scope)
        } catch .newerDatabase(let place) {
            throw Failure(
                .unavailable, what: "a newer version of mezz wrote this queue", place: place.printable,
                remedy: "use that version here too")
        } catch {
            throw Failure(
                .temporary, what: "the queue cannot be asked", place: "fleet", remedy: "check the database",
                detail: error.description)
        }
    }
}
