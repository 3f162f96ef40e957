extension QueueState {
    /// Puts the job on other terms, with what it has not started.
    mutating func change(_ job: JobBook, to terms: JobTerms, at now: Double) {
        let old = job.terms
        guard terms != old else {
            // Another job may have set another limit since.
            return set(terms.key)
        }
        job.terms = terms
        let startsAnew = terms.priorityClass != old.priorityClass
        if startsAnew {
            for node in job.tasks { node.level = terms.priorityClass.level }
        }
        let ready = job.sections.flatMap { $0.lines.flatMap(\.nodes) }
        for section in job.sections {
            for line in section.lines { line.close(in: section.lane) }
        }
        adopt(terms.key, for: job)
        for section in job.sections { section.lane = stands.lane(at: section.stand, key: job.key) }
        turn(job, at: now)
        for node in ready.sorted(by: { $0.since < $1.since }) {
            if startsAnew { node.since = now }
            joinLine(node, of: job)
        }
    }

    /// Gives the job another key; its running tasks count there from now on.
    mutating func adopt(_ key: ExclusiveKey?, for job: JobBook) {
        if key?.name != job.key?.name {
            leaveKey(of: job)
            if let key {
                let book = keys[key.name] ?? KeyBook(key)
                keys[key.name] = book
                book.jobs += 1
                _ = book.run(job.running)
                job.key = book
            }
        }
        set(key)
    }

    private mutating func set(_ key: ExclusiveKey?) {
        if let key, keys[key.name]?.set(limit: key.limit) == true { doorbell.ring() }
    }

    mutating func leaveKey(of job: JobBook) {
        guard let key = job.key else { return }
        job.key = nil
        key.jobs -= 1
        if key.run(-job.running) { doorbell.ring() }
        if key.jobs == 0 { keys[key.name] = nil }
    }
}
