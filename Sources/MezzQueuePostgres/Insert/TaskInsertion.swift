internal import FoundationEssentials
internal import MezzWorkflow

/// Adds tasks to a job whose row the caller has locked. A fan-out inserts tens of thousands at once, hence a fixed
/// number of statements that carry arrays.
struct TaskInsertion {
    let connection: Connection
    let job: JobID
    let row: Int
    let time: QueueTime

    /// A task of the job that was there before.
    private struct Known {
        let id: Int
        let hasSucceeded: Bool
        /// It failed, or cannot run.
        let isDead: Bool
    }

    func insert(_ requests: [TaskRequest]) throws {
        let stored = try storedRequests(requests)
        let earlier = try dependencies(of: requests)
        let fresh = try TaskBatch(requests, for: job).fresh(
            request: { stored[$0] }, exists: { earlier[$0] != nil })
        guard !fresh.isEmpty else { return }
        guard try !isCancelled else { throw QueueError.jobCancelled(job) }

        let opens = fresh.map { request in
            Set(request.after).count { earlier[$0]?.hasSucceeded != true }
        }
        let ids = try insert(fresh, opens: opens)
        var known = earlier.mapValues(\.id)
        for (request, id) in zip(fresh, ids) { known[request.name] = id }
        try link(fresh, known)
        let dead = earlier.values.filter(\.isDead).map(\.id)
        if !dead.isEmpty { try Blocking.block(dependentsOf: dead, on: connection) }
        if opens.contains(0) { try connection.run(TaskInsertionStatements.wake) }
    }

    /// Those of the requested tasks that the job has already.
    private func storedRequests(_ requests: [TaskRequest]) throws -> [String: TaskRequest] {
        let rows = try connection.run(
            TaskInsertionStatements.stored, [.int(row), .texts(requests.map(\.name))])
        let stored = try rows.map { try TaskRow.request($0, after: $0("after")) }
        return Dictionary(stored.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The tasks that were there before and that the batch comes after, locked against being settled before this is
    /// committed.
    private func dependencies(of requests: [TaskRequest]) throws -> [String: Known] {
        let wanted = Set(requests.lazy.flatMap(\.after))
        guard !wanted.isEmpty else { return [:] }
        let rows = try connection.run(TaskInsertionStatements.earlier, [.int(row), .texts(wanted.sorted())])
        let found = try rows.map { row in
            (
                try row("name", as: String.self),
                Known(id: try row("id"), hasSucceeded: try row("succeeded"), isDead: try row("dead"))
            )
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    private var isCancelled: Bool {
        get throws { try connection.run(TaskInsertionStatements.isCancelled, [.int(row)]).first?("cancelled") ?? false }
    }

    /// Inserts the rows, right from the start, and returns their numbers in the same order.
    private func insert(_ requests: [TaskRequest], opens: [Int]) throws -> [Int] {
        let shapes = try shapes(of: requests)
        let rows = try connection.run(
            TaskInsertionStatements.insert,
            [
                time.parameter, .int(row), .texts(requests.map(\.name)), .ints(shapes),
                .ints(requests.map(\.maximumAttempts)), .ints(requests.map(\.priority)), .ints(opens),
                .ints(requests.map(\.after.count)),
            ])
        let numbers = try rows.map { row in (try row("name", as: String.self), try row("id", as: Int.self)) }
        let ids = Dictionary(numbers, uniquingKeysWith: { first, _ in first })
        let inOrder = requests.compactMap { ids[$0.name] }
        guard inOrder.count == requests.count else { throw QueueError.broken("inserted tasks have no numbers") }
        try connection.run(
            TaskInsertionStatements.parameters, [.ints(inOrder), .byteStrings(requests.map(\.parameters))])
        return inOrder
    }

    private struct Shape: Hashable {
        let kind: String
        let needs: Capacity
    }

    /// The numbers of the requests' shapes; few, and almost always known already.
    private func shapes(of requests: [TaskRequest]) throws -> [Int] {
        let wanted = requests.map { Shape(kind: $0.kind, needs: $0.needs) }
        // In one order everywhere: two submitters of the same new shapes wait for each other, but not in a circle.
        let shapes = Set(wanted).sorted {
            ($0.kind, $0.needs.slots, $0.needs.memory, $0.needs.disk)
                < ($1.kind, $1.needs.slots, $1.needs.memory, $1.needs.disk)
        }
        let columns: [Parameter] = [
            .texts(shapes.map(\.kind)), .ints(shapes.map(\.needs.slots)), .ints(shapes.map(\.needs.memory)),
            .ints(shapes.map(\.needs.disk)),
        ]
        var rows = try connection.run(TaskInsertionStatements.findShapes, columns)
        if rows.count < shapes.count {
            try connection.run(TaskInsertionStatements.makeShapes, columns)
            rows = try connection.run(TaskInsertionStatements.findShapes, columns)
        }
        let numbers: [Int] = try rows.map { try $0("id") }
        let ids = Dictionary(zip(shapes, numbers), uniquingKeysWith: { first, _ in first })
        return try wanted.map { shape in
            guard let id = ids[shape], numbers.count == shapes.count else {
                throw QueueError.broken("shapes that were just stored are gone")
            }
            return id
        }
    }

    private func link(_ requests: [TaskRequest], _ ids: [String: Int]) throws {
        var (tasks, positions, dependencies): ([Int], [Int], [Int]) = ([], [], [])
        for request in requests {
            for (position, name) in request.after.enumerated() {
                guard let task = ids[request.name], let dependency = ids[name] else {
                    throw QueueError.unknownDependency(job, task: request.name, dependency: name)
                }
                tasks.append(task)
                positions.append(position)
                dependencies.append(dependency)
            }
        }
        guard !tasks.isEmpty else { return }
        try connection.run(TaskInsertionStatements.link, [.ints(tasks), .ints(positions), .ints(dependencies)])
    }
}
