internal import MezzCore

/// One attempt at one task: look the result up, or run the handler while extending the lease, then settle.
package struct TaskExecution: Sendable {
    let task: LeasedTask
    let handler: (any TaskHandler)?
    let slots: Int
    let queue: any WorkQueue
    let cache: any ResultCache
    let leaseTime: Duration
    let clock: any WorkClock
    let retryPolicy: RetryPolicy
    let artifactExists: @Sendable (Artifact) async throws -> Bool
    let progress: @Sendable (TaskProgress) -> Void

    /// - Parameters:
    ///   - handler: `nil` fails the task: nothing here can run it.
    ///   - slots: what the task is given.
    ///   - artifactExists: whether a remembered result's file is still in the store; what it throws fails the attempt.
    package init(
        task: LeasedTask, handler: (any TaskHandler)?, slots: Int, queue: any WorkQueue, cache: any ResultCache,
        leaseTime: Duration, clock: any WorkClock, retryPolicy: RetryPolicy,
        artifactExists: @escaping @Sendable (Artifact) async throws -> Bool,
        progress: @escaping @Sendable (TaskProgress) -> Void
    ) {
        self.task = task
        self.handler = handler
        self.slots = slots
        self.queue = queue
        self.cache = cache
        self.leaseTime = leaseTime
        self.clock = clock
        self.retryPolicy = retryPolicy
        self.artifactExists = artifactExists
        self.progress = progress
    }

    /// What became of the attempt.
    package enum End: Sendable {
        case changed([WorkflowEvent.Change])
        /// The queue itself failed, so the engine cannot go on.
        case queueFailed(QueueError)
    }

    private enum Work: Sendable {
        case done(TaskOutcome, identity: ContentHash, cached: Bool)
        case failed(TaskFailure)
        case queueFailed(QueueError)
        case stopped
        case leaseLost
    }

    private enum Leg: Sendable {
        case work(Work)
        case leaseLost
        case heartbeatStopped
    }

    package func callAsFunction() async -> End {
        do {
            let work = if let handler { await watched(handler) } else { Work.failed(missingHandler) }
            return .changed(try await settle(work))
        } catch .leaseLost {
            return .changed([.leaseLost])
        } catch {
            return .queueFailed(error)
        }
    }

    // MARK: Work under a lease

    private func watched(_ handler: any TaskHandler) async -> Work {
        await withTaskGroup(of: Leg.self) { legs in
            legs.addTask { .work(await work(handler)) }
            legs.addTask { await heartbeat() }
            var result = Work.stopped
            var isLost = false
            for await leg in legs {
                switch leg {
                case .work(let work): result = work
                case .leaseLost: isLost = true
                // The engine stops; the handler knows and decides when it is done.
                case .heartbeatStopped: continue
                }
                legs.cancelAll()
            }
            return isLost ? .leaseLost : result
        }
    }

    /// Extends the lease until cancelled. Only the queue's word ends it: when the queue cannot be reached, the
    /// settlement will show whether the lease is still good.
    private func heartbeat() async -> Leg {
        while true {
            do {
                try await clock.sleep(until: clock.date(in: leaseTime / 3))
                try await queue.extend(task, by: leaseTime)
            } catch QueueError.leaseLost {
                return .leaseLost
            } catch is QueueError {
                continue
            } catch {
                return .heartbeatStopped
            }
        }
    }

    private func work(_ handler: any TaskHandler) async -> Work {
        if Task.isCancelled { return .stopped }
        let identity = TaskIdentity.hash(of: task, handlerVersion: handler.version)
        do {
            if let known = try await cache.result(for: identity), try await isComplete(known) {
                return .done(known, identity: identity, cached: true)
            }
            let context = TaskContext(
                job: task.job, request: task.request, inputs: task.inputs, attempt: task.attempt, slots: slots,
                progress: progress)
            return .done(try await handler.run(context), identity: identity, cached: false)
        } catch let error as QueueError {
            return .queueFailed(error)
        } catch is HandedBack {
            return .stopped
        } catch {
            // Whatever a handler throws once it was told to stop is about stopping, not about the work.
            if Task.isCancelled { return .stopped }
            return .failed(failure(for: error))
        }
    }

    private func isComplete(_ outcome: TaskOutcome) async throws -> Bool {
        for artifact in outcome.artifacts where try await !artifactExists(artifact) { return false }
        return true
    }

    // MARK: Settling

    private func settle(_ work: Work) async throws(QueueError) -> [WorkflowEvent.Change] {
        switch work {
        case .done(let outcome, let identity, let cached):
            do throws(QueueError) {
                try await queue.settle(task, as: .succeeded(outcome, identity: identity, cached: cached))
            } catch {
                guard error.blamesTasks else { throw error }
                return try await settle(.failed(refusal(of: outcome, because: error)))
            }
            let added: [WorkflowEvent.Change] =
                outcome.children.isEmpty ? [] : [.childrenAdded(outcome.children.count)]
            return added + [.settled(cached: cached, usage: outcome.usage)]
        case .failed(let failure):
            let failures = task.failures + 1
            guard failure.transient, failures < task.request.maximumAttempts else {
                try await queue.settle(task, as: .failed(failure, retryAfter: nil))
                return [.failed(failure)]
            }
            let delay = retryPolicy.delay(afterFailures: failures)
            try await queue.settle(task, as: .failed(failure, retryAfter: delay))
            return [.retried(failure, after: delay)]
        case .queueFailed(let error):
            // The queue may take back what it could not look up; the first error is the one to tell.
            try? await queue.settle(task, as: .released)
            throw error
        case .stopped:
            try await queue.settle(task, as: .released)
            return [.released]
        case .leaseLost:
            return [.leaseLost]
        }
    }

    private var missingHandler: TaskFailure {
        TaskFailure(
            code: 69, what: "nothing here can run tasks of kind \(task.request.kind)", place: task.request.name,
            remedy: "use the version of mezz that made the job")
    }

    private func failure(for error: any Error) -> TaskFailure {
        if let failure = error as? TaskFailure { return failure }
        return TaskFailure(
            code: 2, what: String(describing: error), place: task.request.name,
            remedy: "see the job's report for details")
    }

    private func refusal(of outcome: TaskOutcome, because error: QueueError) -> TaskFailure {
        TaskFailure(
            code: 2, what: "the tasks it decided on were refused: \(error)", place: task.request.name,
            remedy: "report this as a defect of mezz, with the job's report")
    }
}
