import FoundationEssentials
import Glibc
import MezzWorkflow

/// A fleet under a virtual clock: the real queue with its real state machine, workers that behave as
/// ``FleetWorker`` does, titles that fan out as the pipeline's do, and modelled task times.
package struct Simulation {
    private enum Event {
        case arrive(Int)
        case start(Int)
        case finish(Int, attempt: Int)
        case beat(Int, attempt: Int)
        case wake(Int, life: Int)
        case interrupt(Int, life: Int)
        case zoneLost
        case zoneBack
    }

    private struct Worker {
        var isAlive = false
        /// Grows when it starts, so that what was planned for an earlier life is dropped.
        var life = 0
        var attempt = 0
        var task: LeasedTask?
        var since = 0.0
        var pace = IdlePace()
        var wakes: Double?
    }

    private let plan: SimulationPlan
    private let clock = VirtualClock()
    private let start: Date
    private let queue: InMemoryQueue
    private var titles: [SimulatedTitle] = []
    private var numbers: [JobID: Int] = [:]
    private var books: [ReadinessBook] = []
    private var arrivals: [Double] = []
    private var workers: [Worker]
    private var idle: IdleList
    private var events = EventLine<Event>()
    private var random: SeededRandom
    private var tally: SimulationTally
    private var busy = 0
    private var alive = 0
    private var open = 0
    private var ended: [JobState: Int] = [:]
    /// Titles that have arrived and not ended.
    private var present: Set<Int> = []

    package init(_ plan: SimulationPlan, profile: TitleProfile) {
        self.plan = plan
        start = clock.now
        queue = InMemoryQueue(clock: clock)
        workers = Array(repeating: Worker(), count: plan.workers)
        idle = IdleList(workers: plan.workers)
        random = SeededRandom(seed: plan.seed)
        tally = SimulationTally(sampleEvery: 60)
        for number in 0..<plan.titles {
            let draw = random.share()
            let priorityClass: PriorityClass =
                draw < plan.urgentShare ? .urgent : draw > 1 - plan.backfillShare ? .backfill : .standard
            let mean = plan.minutes * exp(plan.lengthSpread * plan.lengthSpread / 2)
            let title = SimulatedTitle(
                number: number, minutes: min(240, max(1, random.logNormal(mean: mean, spread: plan.lengthSpread))),
                priorityClass: priorityClass, profile: profile, spread: plan.taskSpread, seed: random.next())
            titles.append(title)
            books.append(ReadinessBook())
            numbers[title.job] = number
            arrivals.append(random.share() * plan.arrival)
        }
    }

    /// Runs until all titles have ended.
    /// - Parameter progress: told, now and then, how many titles have ended, and the simulated time in seconds.
    package mutating func run(progress: (Int, Double) -> Void = { _, _ in }) async throws -> SimulationReport {
        let began = ContinuousClock.now
        open = plan.titles
        for (number, time) in arrivals.enumerated() { events.add(.arrive(number), at: time) }
        for worker in workers.indices { events.add(.start(worker), at: 0) }
        if let time = plan.zoneLostAt { events.add(.zoneLost, at: time) }
        var now = 0.0
        var told = 0
        while open > 0, let (time, event) = events.next() {
            try Task.checkCancellation()
            tally.pass(to: time, busy: busy, alive: alive)
            now = time
            clock.advance(to: start.addingTimeInterval(time))
            try await handle(event, at: time)
            if plan.titles - open >= told + max(1, plan.titles / 100) {
                told = plan.titles - open
                progress(told, now)
            }
        }
        return report(makespan: now, wall: began.duration(to: .now) / .seconds(1))
    }

    private mutating func handle(_ event: Event, at time: Double) async throws {
        switch event {
        case .arrive(let title): try await arrive(title, at: time)
        case .start(let worker): try await begin(worker, at: time)
        case .finish(let worker, let attempt):
            if workers[worker].attempt == attempt { try await finish(worker, at: time) }
        case .beat(let worker, let attempt):
            if workers[worker].attempt == attempt { try await beat(worker, at: time) }
        case .wake(let worker, let life):
            guard workers[worker].life == life, workers[worker].isAlive, workers[worker].wakes == time else { return }
            workers[worker].wakes = nil
            if workers[worker].task == nil { try await ask(worker, at: time) }
        case .interrupt(let worker, let life):
            guard workers[worker].life == life, workers[worker].isAlive else { return }
            try await remove(worker, silently: random.share() < plan.silentShare, at: time)
            events.add(.start(worker), at: time + plan.replacement)
        case .zoneLost:
            for worker in stride(from: 0, to: workers.count, by: 3) where workers[worker].isAlive {
                try await remove(worker, silently: true, at: time)
            }
            events.add(.zoneBack, at: time + plan.zoneLostFor)
        case .zoneBack:
            for worker in stride(from: 0, to: workers.count, by: 3) where !workers[worker].isAlive {
                events.add(.start(worker), at: time)
            }
        }
    }

    // MARK: Titles

    private mutating func arrive(_ number: Int, at time: Double) async throws {
        let title = titles[number]
        present.insert(number)
        tally.count(.submit, at: time)
        try await queue.submit(title.job, title.roots, on: JobTerms(priorityClass: title.priorityClass))
        signal(books[number].insert(title.roots, at: time), at: time)
    }

    /// The database's signal reaches every idle worker; each takes its time.
    private mutating func signal(_ ready: Int, at time: Double) {
        guard ready > 0 else { return }
        for worker in idle.members {
            let wake = time + random.share() * workers[worker].pace.spread
            guard workers[worker].wakes.map({ wake < $0 }) ?? true else { continue }
            plan(wake: worker, at: wake)
        }
    }

    private mutating func plan(wake worker: Int, at time: Double) {
        workers[worker].wakes = time
        events.add(.wake(worker, life: workers[worker].life), at: time)
    }

    // MARK: Workers

    private mutating func begin(_ worker: Int, at time: Double) async throws {
        guard !workers[worker].isAlive else { return }
        workers[worker].isAlive = true
        workers[worker].life += 1
        workers[worker].pace = IdlePace()
        alive += 1
        if plan.interruptions > 0 {
            let life = random.exponential(mean: 3_600 / plan.interruptions)
            events.add(.interrupt(worker, life: workers[worker].life), at: time + life)
        }
        try await ask(worker, at: time)
    }

    private mutating func remove(_ worker: Int, silently: Bool, at time: Double) async throws {
        idle.remove(worker)
        workers[worker].isAlive = false
        workers[worker].attempt += 1
        workers[worker].wakes = nil
        alive -= 1
        guard let task = workers[worker].task else { return }
        workers[worker].task = nil
        busy -= 1
        tally.waste(time - workers[worker].since)
        guard !silently else { return }
        tally.count(.settle, at: time)
        if try await holds({ try await queue.settle(task, as: .released) }) { signal(1, at: time) }
    }

    private mutating func ask(_ worker: Int, at time: Double) async throws {
        let offer = WorkerOffer(worker: "worker-\(worker)")
        var task = try await queue.lease(offer, job: nil, for: .seconds(plan.leaseSeconds))
        if task == nil, plan.speculation {
            task = try await queue.leaseStraggler(
                offer, slowerThan: StragglerRule(), for: .seconds(plan.leaseSeconds))
        }
        tally.count(task == nil ? .emptyLease : .lease, at: time)
        guard let task else {
            idle.insert(worker)
            if busy == 0 { try await closeFailed() }
            workers[worker].pace.foundNothing()
            plan(wake: worker, at: time + workers[worker].pace.patience)
            return
        }
        idle.remove(worker)
        workers[worker].pace.foundWork()
        workers[worker].task = task
        workers[worker].attempt += 1
        workers[worker].since = time
        workers[worker].wakes = nil
        busy += 1
        let number = numbers[task.job] ?? 0
        if let waited = books[number].waited(task.request.name, until: time) {
            tally.wait(waited, of: titles[number].priorityClass)
        }
        var seconds = titles[number].seconds(of: task.request)
        if let slow = plan.slowStoreAt, time >= slow, time < slow + plan.slowStoreFor {
            seconds *= plan.slowStoreFactor
        }
        events.add(.finish(worker, attempt: workers[worker].attempt), at: time + seconds)
        if seconds > plan.leaseSeconds / 3 {
            events.add(.beat(worker, attempt: workers[worker].attempt), at: time + plan.leaseSeconds / 3)
        }
    }

    private mutating func beat(_ worker: Int, at time: Double) async throws {
        guard let task = workers[worker].task else { return }
        tally.count(.extend, at: time)
        if try await holds({ try await queue.extend(task, by: .seconds(plan.leaseSeconds)) }) {
            events.add(.beat(worker, attempt: workers[worker].attempt), at: time + plan.leaseSeconds / 3)
        } else {
            drop(worker, at: time)
            try await ask(worker, at: time)
        }
    }

    /// Whether the queue still knew the lease that `body` is about.
    private func holds(_ body: () async throws -> Void) async throws -> Bool {
        do {
            try await body()
            return true
        } catch let error as QueueError {
            guard case .leaseLost = error else { throw error }
            return false
        }
    }

    private mutating func drop(_ worker: Int, at time: Double) {
        tally.waste(time - workers[worker].since)
        workers[worker].task = nil
        workers[worker].attempt += 1
        busy -= 1
    }

    private mutating func finish(_ worker: Int, at time: Double) async throws {
        guard let task = workers[worker].task else { return }
        let number = numbers[task.job] ?? 0
        let children = titles[number].children(of: task.request.name)
        let seconds = time - workers[worker].since
        let usage = ResourceUsage(cpuSeconds: seconds, wallSeconds: seconds)
        tally.count(.settle, at: time)
        let outcome = TaskOutcome(children: children, usage: usage)
        guard try await holds({ try await queue.settle(task, as: .succeeded(outcome, identity: nil, cached: false)) })
        else {
            drop(worker, at: time)
            try await ask(worker, at: time)
            return
        }
        workers[worker].task = nil
        workers[worker].attempt += 1
        busy -= 1
        tally.finish(seconds)
        let ready = books[number].finish(task.request.name, at: time) + books[number].insert(children, at: time)
        // The worker that made them ready asks at once and takes one of them.
        signal(ready - 1, at: time)
        if task.request.kind == "verify" { try await close(number) }
        try await ask(worker, at: time)
    }

    /// A title ends with the last of its checks.
    private mutating func close(_ number: Int) async throws {
        let state = try await queue.status(of: titles[number].job).state
        guard state.isFinished else { return }
        ended[state, default: 0] += 1
        present.remove(number)
        open -= 1
        try await queue.forget(titles[number].job)
        books[number] = ReadinessBook()
    }

    /// Ends the titles of which nothing can run any more: those never come to the last of their checks.
    private mutating func closeFailed() async throws {
        for number in present { try await close(number) }
    }

    private func report(makespan: Double, wall: Double) -> SimulationReport {
        let operations = tally.operations.values.reduce(0, +)
        return SimulationReport(
            plan: plan, tasks: tally.done, makespan: makespan, utilisation: tally.utilisation,
            utilisationUntilTail: tally.utilisationUntilTail, tailBegins: tally.full.time,
            waiting: tally.waits.mapValues(SimulationReport.Waiting.init),
            meanTask: tally.useful / Double(max(tally.done, 1)), longestTask: tally.longest, wasted: tally.wasted,
            wastedShare: tally.wasted / max(tally.useful + tally.wasted, 1), wastedAttempts: tally.repeated,
            operations: tally.operations, operationsPerSecond: Double(operations) / max(makespan, 1),
            operationsPerBusySecond: tally.busySecond, operationsPeak: tally.peak,
            succeeded: ended[.succeeded, default: 0], failed: plan.titles - ended[.succeeded, default: 0],
            wallSeconds: wall, samples: tally.series)
    }
}
