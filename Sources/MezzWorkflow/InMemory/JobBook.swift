internal import FoundationEssentials

/// One job of the in-memory queue: its tasks and how they depend on each other.
struct JobBook {
    struct Entry {
        let sequence: Int
        var record: TaskRecord
        /// Distinct tasks this one comes after that have not succeeded.
        var open: Int
    }

    private(set) var entries: [String: Entry] = [:]
    private(set) var names: [String] = []
    private(set) var kinds: [String: TaskCounts] = [:]
    private(set) var running: Set<String> = []
    private(set) var delayed: Set<String> = []
    private var dependents: [String: [String]] = [:]

    var status: (kinds: [String: TaskCounts], nextDue: Date?, nextExpiry: Date?) {
        (
            kinds,
            delayed.compactMap { entries[$0]?.record.due }.min(),
            running.compactMap { entries[$0]?.record.expires }.min()
        )
    }

    mutating func insert(_ request: TaskRequest, sequence: Int, at now: Date) {
        entries[request.name] = Entry(
            sequence: sequence, record: TaskRecord(request: request, state: .waiting, created: now), open: 0)
        names.append(request.name)
        kinds[request.kind, default: TaskCounts()][.waiting] += 1
    }

    /// Registers dependencies once all tasks of a batch are inserted, since they may name each other in any order.
    mutating func link(_ request: TaskRequest) {
        var open = 0
        var isBlocked = false
        for name in Set(request.after) {
            dependents[name, default: []].append(request.name)
            let state = entries[name]?.record.state
            if state != .succeeded { open += 1 }
            if state == .failed || state == .blocked { isBlocked = true }
        }
        entries[request.name]?.open = open
        if isBlocked {
            move(request.name, to: .blocked)
            block(dependentsOf: request.name)
        } else if open == 0 {
            move(request.name, to: .ready)
        }
    }

    mutating func change(_ name: String, _ body: (inout TaskRecord) -> Void) {
        guard var entry = entries[name] else { return }
        body(&entry.record)
        entries[name] = entry
    }

    /// The only place where a task's state changes, so that counts and indexes follow.
    mutating func move(_ name: String, to state: TaskState) {
        guard let record = entries[name]?.record, record.state != state else { return }
        kinds[record.request.kind]?[record.state] -= 1
        kinds[record.request.kind]?[state] += 1
        running.remove(name)
        delayed.remove(name)
        if state == .running { running.insert(name) }
        if state == .delayed { delayed.insert(name) }
        change(name) {
            $0.state = state
            if state != .running { $0.expires = nil }
            if state != .delayed { $0.due = nil }
        }
    }

    /// Tells dependents that `name` succeeded; returns those that became ready.
    mutating func unlock(dependentsOf name: String) -> [String] {
        var ready: [String] = []
        for dependent in dependents[name] ?? [] {
            entries[dependent]?.open -= 1
            guard let entry = entries[dependent], entry.open == 0, entry.record.state == .waiting else { continue }
            move(dependent, to: .ready)
            ready.append(dependent)
        }
        return ready
    }

    mutating func block(dependentsOf name: String) {
        var pending = dependents[name] ?? []
        while let next = pending.popLast() {
            guard entries[next]?.record.state == .waiting else { continue }
            move(next, to: .blocked)
            pending += dependents[next] ?? []
        }
    }
}
