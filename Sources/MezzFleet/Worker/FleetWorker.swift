import FoundationEssentials
package import MezzWorkflow

/// Runs tasks of any job until it is told to stop.
///
/// It keeps no state: whatever happens to the worker or to its folder, its leases end and others take the tasks over.
package struct FleetWorker: Sendable {
    /// Finds the handler of a kind of task in a job; `nil` when there is none.
    package typealias HandlerSource = @Sendable (_ kind: String, _ job: JobID) async throws -> (any TaskHandler)?

    private let queue: any WorkQueue & ResultCache & FleetInspection
    private let settings: WorkerSettings
    private let handlers: HandlerSource
    private let clock: any WorkClock
    private let retryPolicy: RetryPolicy
    private let artifactExists: @Sendable (Artifact) async throws -> Bool
    private let observer: @Sendable (WorkerEvent) -> Void

    /// - Parameters:
    ///   - artifactExists: whether a remembered result's file is still in the store; what it throws fails the attempt.
    ///   - observer: called from several tasks at once.
    package init(
        queue: any WorkQueue & ResultCache & FleetInspection, settings: WorkerSettings,
        handlers: @escaping HandlerSource, clock: any WorkClock = SystemWorkClock(),
        retryPolicy: RetryPolicy = RetryPolicy(), artifactExists: @escaping @Sendable (Artifact) async throws -> Bool,
        observer: @escaping @Sendable (WorkerEvent) -> Void = { _ in }
    ) {
        self.queue = queue
        self.settings = settings
        self.handlers = handlers
        self.clock = clock
        self.retryPolicy = retryPolicy
        self.artifactExists = artifactExists
        self.observer = observer
    }

    private enum Wake: Sendable {
        case ended(Int, TaskExecution.End)
        /// Something may have become ready.
        case work
        case drain
        case deadline
    }

    /// How long it waits before it tries a queue that has failed, or looks at a full disk, again.
    private static let patience: Duration = .seconds(5)

    /// Runs until `drain` begins and the tasks are finished or handed back, or until there was nothing to do for the
    /// settings' idle limit.
    package func run(drain: Drain) async -> WorkerSummary {
        let announcer = Task { await announce(drain) }
        let summary = await withTaskGroup(of: Wake.self) { group in
            let summary = await work(drain, in: &group)
            group.cancelAll()
            return summary
        }
        announcer.cancel()
        await announcer.value
        return summary
    }

    private func work(_ drain: Drain, in group: inout TaskGroup<Wake>) async -> WorkerSummary {
        var floor = WorkFloor(capacity: settings.capacity)
        var summary = WorkerSummary()
        var isWaiting = false
        var pace = IdlePace()
        var idleSince = clock.now
        group.addTask {
            await drain.wait()
            return .drain
        }
        while true {
            let next = await fill(&floor, &pace, drain, in: &group)
            if !floor.isIdle { idleSince = clock.now }
            if floor.isIdle, drain.deadline != nil || isOver(idleSince) { return summary }
            if let next, !isWaiting {
                isWaiting = true
                group.addTask { await wait(next) }
            }
            guard let wake = await group.next() else { return summary }
            switch wake {
            case .work: isWaiting = false
            case .ended(let number, let end):
                idleSince = clock.now
                guard let one = floor.remove(number) else { continue }
                tell(end, of: one.task, &summary)
            case .drain:
                // Without a drain it is this worker's own task that was cancelled.
                drain.begin(until: clock.now)
                begin(drain, floor, in: &group)
            case .deadline: for one in floor.running.values { one.attempt.cancel() }
            }
        }
    }

    /// Whether the idle limit is over.
    private func isOver(_ idleSince: Date) -> Bool {
        guard let limit = settings.idleLimit else { return false }
        return clock.now >= idleSince.addingTimeInterval(limit / .seconds(1))
    }

    /// How to wait for the next look at the queue.
    private struct Pause {
        let time: Duration
        /// The longest wait after the queue's signal; `nil` when the signal is not waited for.
        let spread: Double?
    }

    private func wait(_ pause: Pause) async -> Wake {
        let time = settings.idleLimit.map { min($0, pause.time) } ?? pause.time
        let end = clock.date(in: time)
        do {
            guard let spread = pause.spread else {
                try await clock.sleep(until: end)
                return .work
            }
            try await queue.waitForWork(atMost: time)
            try await clock.sleep(until: clock.now.addingTimeInterval(.random(in: 0...spread)))
        } catch {
            // Without its signal the queue is asked at the usual pace.
            try? await clock.sleep(until: end)
        }
        return .work
    }

    /// Takes tasks while there is room. Returns how to wait for more; `nil` when there is no room left, or no more is
    /// to be taken.
    private func fill(
        _ floor: inout WorkFloor, _ pace: inout IdlePace, _ drain: Drain, in group: inout TaskGroup<Wake>
    ) async -> Pause? {
        while drain.deadline == nil {
            // Somebody may have deleted the folder.
            try? FileManager.default.createDirectory(atPath: settings.folder, withIntermediateDirectories: true)
            let disk = DiskGauge.free(at: settings.folder) - settings.reserve
            guard disk > 0 else {
                observer(.diskLow(disk + settings.reserve))
                return Pause(time: Self.patience, spread: nil)
            }
            let free = floor.free(disk: disk)
            guard free.slots > 0 else { return nil }
            do throws(QueueError) {
                let offer = WorkerOffer(worker: settings.name, free: free, kinds: settings.kinds)
                guard let task = try await take(offer, isIdle: floor.isIdle) else {
                    pace.foundNothing()
                    return Pause(time: .seconds(pace.patience), spread: pace.spread)
                }
                pace.foundWork()
                start(task, on: &floor, in: &group)
            } catch {
                observer(.queueFailed(error, retryAfter: Self.patience))
                return Pause(time: Self.patience, spread: nil)
            }
        }
        return nil
    }

    private func take(_ offer: WorkerOffer, isIdle: Bool) async throws(QueueError) -> LeasedTask? {
        if let task = try await queue.lease(offer, job: nil, for: settings.leaseTime) { return task }
        // Only a worker with nothing else to do tries again what another is already trying.
        guard isIdle, let rule = settings.stragglers else { return nil }
        return try await queue.leaseStraggler(offer, slowerThan: rule, for: settings.leaseTime)
    }

    private func start(_ task: LeasedTask, on floor: inout WorkFloor, in group: inout TaskGroup<Wake>) {
        observer(.task(task, .leased))
        let fraction = Fraction()
        let attempt = Task { await execute(task, fraction) }
        let number = floor.add(.init(task: task, started: clock.now, attempt: attempt, fraction: fraction))
        group.addTask { .ended(number, await attempt.value) }
    }

    private func execute(_ task: LeasedTask, _ fraction: Fraction) async -> TaskExecution.End {
        let handler: (any TaskHandler)?
        do {
            handler = try await handlers(task.request.kind, task.job)
        } catch let error as QueueError {
            try? await queue.settle(task, as: .released)
            return .queueFailed(error)
        } catch {
            return Task.isCancelled ? await handBack(task) : await refuse(task, because: error)
        }
        let observer = observer
        return await TaskExecution(
            task: task, handler: handler, slots: min(task.request.slots, settings.capacity.slots), queue: queue,
            cache: queue, leaseTime: settings.leaseTime, clock: clock, retryPolicy: retryPolicy,
            artifactExists: artifactExists,
            progress: {
                fraction.note($0)
                observer(.task(task, .progress($0)))
            })()
    }

    /// Whatever the look-up throws once it was told to stop is about stopping, not about the job.
    private func handBack(_ task: LeasedTask) async -> TaskExecution.End {
        do {
            try await queue.settle(task, as: .released)
            return .changed([.released])
        } catch .leaseLost {
            return .changed([.leaseLost])
        } catch {
            return .queueFailed(error)
        }
    }

    /// The job itself cannot be understood here.
    private func refuse(_ task: LeasedTask, because error: any Error) async -> TaskExecution.End {
        let failure = TaskFailure(
            code: 2, what: "the worker cannot understand the job", place: task.job.value,
            remedy: "use workers of the version of mezz that submitted it", detail: String(describing: error))
        do {
            try await queue.settle(task, as: .failed(failure, retryAfter: nil))
            return .changed([.failed(failure)])
        } catch .leaseLost {
            return .changed([.leaseLost])
        } catch {
            return .queueFailed(error)
        }
    }

    private func tell(_ end: TaskExecution.End, of task: LeasedTask, _ summary: inout WorkerSummary) {
        switch end {
        case .changed(let changes):
            for change in changes {
                summary.count(change)
                observer(.task(task, change))
            }
        case .queueFailed(let error):
            summary.lost += 1
            observer(.queueFailed(error, retryAfter: .zero))
        }
    }

    private func begin(_ drain: Drain, _ floor: WorkFloor, in group: inout TaskGroup<Wake>) {
        guard let deadline = drain.deadline else { return }
        observer(.draining(running: floor.running.count))
        floor.cancel(notDoneBy: deadline, at: clock.now)
        let clock = clock
        group.addTask {
            // Handing back takes a moment too.
            try? await clock.sleep(until: deadline.addingTimeInterval(-1))
            return .deadline
        }
    }

    /// Tells the queue that this worker lives, three times as often as it would be forgotten.
    private func announce(_ drain: Drain) async {
        let started = clock.now
        let time: Duration = .seconds(60)
        while !Task.isCancelled {
            let record = WorkerRecord(
                worker: settings.name, host: settings.host, version: settings.version, capacity: settings.capacity,
                kinds: settings.kinds, isDraining: drain.deadline != nil, started: started)
            // Whether it is on the list decides nothing: a failure shows where it matters, at the next lease.
            try? await queue.announce(record, for: time)
            try? await clock.sleep(until: clock.date(in: time / 3))
        }
        try? await queue.dismiss(worker: settings.name)
    }
}
