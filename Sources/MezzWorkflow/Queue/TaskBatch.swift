/// Checks tasks before they enter a job, so that inserting them cannot fail half-way. Shared by all queues.
package struct TaskBatch {
    private let job: JobID
    private let requests: [TaskRequest]

    package init(_ requests: [TaskRequest], for job: JobID) {
        self.job = job
        self.requests = requests
    }

    /// The tasks the job does not have yet, in order.
    ///
    /// `request` finds a task of the job by name; `exists` only says whether there is one.
    package func fresh(
        request: (String) throws(QueueError) -> TaskRequest?, exists: (String) throws(QueueError) -> Bool
    ) throws(QueueError) -> [TaskRequest] {
        var positions: [String: Int] = [:]
        positions.reserveCapacity(requests.count)
        var fresh: [TaskRequest] = []
        for candidate in requests {
            let known: TaskRequest? =
                if let position = positions[candidate.name] {
                    fresh[position]
                } else {
                    try request(candidate.name)
                }
            if let known {
                guard known == candidate else { throw .conflictingTask(job, task: candidate.name) }
            } else {
                positions[candidate.name] = fresh.count
                fresh.append(candidate)
            }
        }
        try checkDependencies(of: fresh, at: positions, exists: exists)
        return fresh
    }

    /// Existing tasks never change what they come after, so a cycle can only lie within the new ones.
    private func checkDependencies(
        of fresh: [TaskRequest], at positions: [String: Int], exists: (String) throws(QueueError) -> Bool
    ) throws(QueueError) {
        var known: Set<String> = []
        var open = [Int](repeating: 0, count: fresh.count)
        var dependents = [[Int]](repeating: [], count: fresh.count)
        for (index, task) in fresh.enumerated() {
            for dependency in task.after {
                if let position = positions[dependency] {
                    open[index] += 1
                    dependents[position].append(index)
                } else if !known.contains(dependency) {
                    guard try exists(dependency) else {
                        throw .unknownDependency(job, task: task.name, dependency: dependency)
                    }
                    known.insert(dependency)
                }
            }
        }
        var free = open.indices.filter { open[$0] == 0 }
        var reached = 0
        while let index = free.popLast() {
            reached += 1
            for dependent in dependents[index] {
                open[dependent] -= 1
                if open[dependent] == 0 { free.append(dependent) }
            }
        }
        guard reached == fresh.count else {
            throw .cyclicDependencies(job, tasks: fresh.indices.filter { open[$0] > 0 }.map { fresh[$0].name })
        }
    }
}
