internal import FoundationEssentials

extension QueueState {
    private func held(_ task: LeasedTask) throws(QueueError) -> (node: TaskNode, hold: Hold) {
        guard let node = books[task.job]?[task.request.name], let hold = node.hold(task.attempt) else {
            throw .leaseLost(task.job, task: task.request.name)
        }
        return (node, hold)
    }

    mutating func extend(_ task: LeasedTask, until expires: Date) throws(QueueError) {
        let node = try held(task).node
        let moment = expires.timeIntervalSinceReferenceDate
        node.extend(task.attempt, until: moment)
        node.section.job.expiries.push(ExpiryEntry(key: moment, node: node, attempt: task.attempt))
        refreshAlarm(of: node.section.job)
    }

    mutating func settle(
        _ task: LeasedTask, as settlement: Settlement, at now: Date, due: Date?
    ) throws(QueueError) {
        let (node, hold) = try held(task)
        let moment = now.timeIntervalSinceReferenceDate
        switch settlement {
        case .succeeded(let outcome, let identity, let cached):
            let children = try fresh(outcome.children, for: task.job)
            if let identity, !cached { remember(outcome, for: identity) }
            node.older = hold
            node.finished = now
            node.failure = nil
            node.result = TaskResult(
                output: outcome.output, artifacts: outcome.artifacts, usage: outcome.usage, cached: cached,
                identity: identity)
            if !cached { node.section.group.times.add(outcome.usage.wallSeconds) }
            move(node, to: .succeeded, at: moment)
            unlock(dependentsOf: node, at: moment)
            insert(children, into: node.section.job, at: now)
        case .failed(let failure, _):
            if node.newer != nil { return drop(hold, of: node) }
            fail(node, with: failure, due: due?.timeIntervalSinceReferenceDate, at: moment)
            refreshAlarm(of: node.section.job)
        case .released:
            release(hold, of: node, at: moment)
        }
    }

    /// Takes a lease back without counting the attempt.
    mutating func release(_ hold: Hold, of node: TaskNode, at now: Double) {
        if node.newer != nil { drop(hold, of: node) } else { move(node, to: .ready, at: now) }
    }

    /// Leaves a task that two hold to the other one.
    func drop(_ hold: Hold, of node: TaskNode) {
        node.drop(hold.attempt)
        watchSpeed(of: node)
    }

    mutating func fail(_ node: TaskNode, with failure: TaskFailure, due: Double?, at now: Double) {
        node.failures += 1
        node.failure = failure
        if let due, node.failures < node.request.maximumAttempts {
            if due > now {
                move(node, to: .delayed, at: now)
                node.due = due
                node.section.job.dues.push(DueEntry(key: due, node: node))
            } else {
                move(node, to: .ready, at: now)
            }
        } else {
            move(node, to: .failed, at: now)
            node.finished = Date(timeIntervalSinceReferenceDate: now)
            block(dependentsOf: node, at: now)
        }
    }
}
