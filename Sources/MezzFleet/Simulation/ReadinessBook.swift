import MezzWorkflow

/// When the tasks of one job became ready, worked out beside the queue: what waiting is measured from.
struct ReadinessBook {
    private var open: [String: Int] = [:]
    private var dependents: [String: [String]] = [:]
    private var done: Set<String> = []
    private var since: [String: Double] = [:]

    mutating func insert(_ requests: [TaskRequest], at time: Double) -> Int {
        var ready = 0
        for request in requests {
            let after = Set(request.after.filter { !done.contains($0) })
            open[request.name] = after.count
            for name in after { dependents[name, default: []].append(request.name) }
            if after.isEmpty {
                since[request.name] = time
                ready += 1
            }
        }
        return ready
    }

    /// Returns how many tasks became ready.
    mutating func finish(_ task: String, at time: Double) -> Int {
        done.insert(task)
        var ready = 0
        for name in dependents.removeValue(forKey: task) ?? [] {
            open[name, default: 1] -= 1
            guard open[name] == 0 else { continue }
            since[name] = time
            ready += 1
        }
        return ready
    }

    /// Seconds that a task has been ready, the first time it is asked for.
    mutating func waited(_ task: String, until time: Double) -> Double? {
        since.removeValue(forKey: task).map { time - $0 }
    }
}
