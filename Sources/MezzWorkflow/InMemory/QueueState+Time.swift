internal import FoundationEssentials

extension QueueState {
    /// When something may become ready by the passing of time, or a little before.
    mutating func nextChange() -> Date? {
        alarms.first().map { Date(timeIntervalSinceReferenceDate: $0.key) }
    }

    /// Lets time do its work: delayed tasks become due, abandoned ones come back, jobs are let out or kept back, and
    /// what has waited for long moves up.
    mutating func sweep(at now: Double) {
        while let alarm = alarms.first(), alarm.key <= now {
            alarm.job.alarm = nil
            pass(alarm.job, at: now)
            refreshAlarm(of: alarm.job)
        }
        while let age = ages.first(), age.key <= now {
            age.line.agesAt = nil
            promote(age.line, in: age.section, at: now)
        }
    }

    private mutating func pass(_ job: JobBook, at now: Double) {
        while let entry = job.dues.first(), entry.key <= now { move(entry.node, to: .ready, at: now) }
        while let entry = job.expiries.first(), entry.key <= now { expire(entry.attempt, of: entry.node, at: now) }
        if let turn = job.turn, turn <= now { self.turn(job, at: now) }
    }

    private mutating func expire(_ attempt: Int, of node: TaskNode, at now: Double) {
        if node.newer != nil, let hold = node.hold(attempt) { return drop(hold, of: node) }
        let failure = TaskFailure.abandoned(task: node.request.name, attempts: node.failures + 1)
        fail(node, with: failure, due: now, at: now)
    }

    /// Sees whether the job's terms let its tasks out.
    mutating func turn(_ job: JobBook, at now: Double) {
        let date = Date(timeIntervalSinceReferenceDate: now)
        let wasHeld = job.isHeld
        job.isHeld = !job.terms.lets(outAt: date)
        job.turn = job.terms.nextTurn(after: date)?.timeIntervalSinceReferenceDate
        guard job.isHeld != wasHeld else { return }
        for section in job.sections {
            for line in section.lines {
                line.agesAt = nil
                line.refresh(in: section.lane, isHeld: job.isHeld)
                guard !job.isHeld else { continue }
                line.restart(at: now)
                watchAge(of: line, in: section)
            }
        }
        if !job.isHeld { doorbell.ring() }
    }

    /// Makes sure that the queue looks at the job when something happens to it by itself.
    mutating func refreshAlarm(of job: JobBook) {
        let next = job.nextAlarm()
        guard next != job.alarm else { return }
        job.alarm = next
        guard let next else { return }
        alarms.push(JobAlarm(key: next, job: job))
        doorbell.expect(at: Date(timeIntervalSinceReferenceDate: next))
    }

    // MARK: Ageing

    /// Makes sure that the line's oldest task moves up in time.
    mutating func watchAge(of line: Line, in section: Section) {
        guard line.level > 0, line.agesAt == nil, let oldest = line.oldest() else { return }
        let date = oldest.since + ageing
        line.agesAt = date
        ages.push(AgeAlarm(key: date, line: line, section: section))
    }

    private mutating func promote(_ line: Line, in section: Section, at now: Double) {
        while let (node, since) = line.oldest(), since + ageing <= now {
            node.rank = nil
            node.level -= 1
            node.since = now
            joinLine(node, of: section.job)
        }
        line.refresh(in: section.lane, isHeld: section.job.isHeld)
        watchAge(of: line, in: section)
    }
}
