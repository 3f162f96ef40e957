extension QueueState {
    /// The only place where a task's state changes, so that counts, lines and keys follow.
    mutating func move(_ node: TaskNode, to state: TaskState, at now: Double) {
        let old = node.state
        guard old != state else { return }
        let section = node.section
        let job = section.job
        section.leave(old)
        section.enter(state)
        node.state = state
        if old == .ready { leaveLine(node) }
        if old == .running { stop(node, of: job) }
        if old == .delayed { node.due = nil }
        if state == .ready {
            node.ready = now
            node.since = now
            joinLine(node, of: job)
        } else if state == .running {
            job.running += 1
            _ = job.key?.run(1)
        }
        count(job, by: (state.isLive ? 1 : 0) - (old.isLive ? 1 : 0))
        note(section.group)
    }

    /// Puts a ready task where its class and its job's terms place it.
    mutating func joinLine(_ node: TaskNode, of job: JobBook) {
        let section = node.section
        let line = section.lines[node.level]
        line.insert(node, rank: job.rank(of: node))
        guard !job.isHeld else { return }
        line.refresh(in: section.lane, isHeld: false)
        watchAge(of: line, in: section)
        doorbell.ring()
    }

    mutating func leaveLine(_ node: TaskNode) {
        node.rank = nil
        node.section.lines[node.level].refresh(in: node.section.lane, isHeld: node.section.job.isHeld)
    }

    private mutating func stop(_ node: TaskNode, of job: JobBook) {
        node.newer = nil
        job.running -= 1
        if job.key?.run(-1) == true { doorbell.ring() }
    }

    mutating func count(_ job: JobBook, by number: Int) {
        guard number != 0 else { return }
        job.live += number
        live[job.number] = job.live > 0 ? job : nil
    }

    /// Keeps the list of groups in which second attempts may be of use.
    mutating func note(_ group: KindGroup) {
        let isIdle = group.ready == 0 && group.running > 0
        if isIdle, group.place == nil {
            group.place = idle.count
            idle.append(group)
        } else if !isIdle, let place = group.place {
            idle.swapAt(place, idle.count - 1)
            idle[place].place = place
            idle.removeLast()
            group.place = nil
        }
    }

    /// Tells dependents that `node` succeeded.
    mutating func unlock(dependentsOf node: TaskNode, at now: Double) {
        let tasks = node.section.job.tasks
        for index in node.dependents {
            let dependent = tasks[index]
            dependent.open -= 1
            if dependent.open == 0, dependent.state == .waiting { move(dependent, to: .ready, at: now) }
        }
    }

    mutating func block(dependentsOf node: TaskNode, at now: Double) {
        let tasks = node.section.job.tasks
        var pending = node.dependents
        while let index = pending.popLast() {
            guard tasks[index].state == .waiting else { continue }
            move(tasks[index], to: .blocked, at: now)
            pending += tasks[index].dependents
        }
    }
}

extension TaskState {
    /// Whether depths count it.
    fileprivate var isLive: Bool { self == .ready || self == .delayed || self == .running }
}
