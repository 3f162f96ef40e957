internal import FoundationEssentials

extension QueueState {
    mutating func lease(
        _ offer: WorkerOffer, job: JobID?, until expires: Date, at now: Date
    ) -> LeasedTask? {
        let moment = now.timeIntervalSinceReferenceDate
        sweep(at: moment)
        let first = if let job { first(of: job, for: offer) } else { stands.first(for: offer) }
        guard let node = first else {
            doorbell.silence()
            return nil
        }
        move(node, to: .running, at: moment)
        let hold = hold(on: node, for: offer.worker, until: expires, at: moment)
        node.older = hold
        begin(hold, on: node)
        return leased(node, hold)
    }

    private func first(of job: JobID, for offer: WorkerOffer) -> TaskNode? {
        guard let book = books[job], !book.isHeld, book.key?.isFull != true else { return nil }
        var best: TaskNode?
        var rank: Rank?
        for section in book.sections where section.count(.ready) > 0 && section.stand.fits(offer) {
            guard let first = section.first(), let other = first.rank, rank.map({ other < $0 }) ?? true else {
                continue
            }
            best = first
            rank = other
        }
        return best
    }

    /// A second attempt for the task that has run longest among those that are slow.
    mutating func leaseStraggler(
        _ offer: WorkerOffer, slowerThan rule: StragglerRule, until expires: Date, at now: Date
    ) -> LeasedTask? {
        let moment = now.timeIntervalSinceReferenceDate
        sweep(at: moment)
        var slowest: SingleHold?
        for group in idle where !group.job.isHeld && offer.kinds?.contains(group.kind) != false {
            guard group.times.count >= rule.finished, let median = group.times.median else { continue }
            let begun = min(slowest?.key ?? .infinity, moment - max(rule.factor * median, rule.seconds))
            if let hold = Self.slowest(of: group, begun: begun, for: offer) { slowest = hold }
        }
        guard let node = slowest?.node else { return nil }
        let hold = hold(on: node, for: offer.worker, until: expires, at: moment)
        node.newer = hold
        begin(hold, on: node)
        return leased(node, hold)
    }

    /// The task of the group that has run longest, of those that fit and began at `begun` or before.
    private static func slowest(of group: KindGroup, begun: Double, for offer: WorkerOffer) -> SingleHold? {
        var passed: [SingleHold] = []
        defer { for hold in passed { group.single.push(hold) } }
        while let hold = group.single.first(), hold.key <= begun {
            if hold.node.older?.worker != offer.worker, offer.free.holds(hold.node.request.needs) { return hold }
            passed.append(hold)
            group.single.removeFirst()
        }
        return nil
    }

    private func hold(on node: TaskNode, for worker: String, until expires: Date, at now: Double) -> Hold {
        node.attempts += 1
        return Hold(
            attempt: node.attempts, worker: worker, started: now, expires: expires.timeIntervalSinceReferenceDate)
    }

    private mutating func begin(_ hold: Hold, on node: TaskNode) {
        let job = node.section.job
        job.expiries.push(ExpiryEntry(key: hold.expires, node: node, attempt: hold.attempt))
        if node.newer == nil { watchSpeed(of: node) }
        refreshAlarm(of: job)
    }

    /// Lets a task with one holder be found when it is slow.
    func watchSpeed(of node: TaskNode) {
        guard let hold = node.older else { return }
        node.section.group.single.push(SingleHold(key: hold.started, node: node, attempt: hold.attempt))
    }

    private func leased(_ node: TaskNode, _ hold: Hold) -> LeasedTask {
        let job = node.section.job
        let inputs = node.dependencies.compactMap { index in
            let other = job.tasks[index]
            return other.result.map {
                TaskInput(name: other.request.name, output: $0.output, artifacts: $0.artifacts)
            }
        }
        return LeasedTask(
            job: job.id, request: node.request, inputs: inputs, attempt: hold.attempt, failures: node.failures,
            worker: hold.worker, expires: Date(timeIntervalSinceReferenceDate: hold.expires))
    }
}
