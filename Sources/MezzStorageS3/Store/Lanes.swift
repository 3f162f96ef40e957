/// Several pieces of work at once.
enum Lanes {
    /// Does `body` for each item, for at most `limit` at a time. The first error cancels the rest; all have ended when
    /// this returns.
    static func run<Item: Sendable, Value: Sendable, Failure: Error>(
        _ items: [Item], atOnce limit: Int, _ body: @escaping @Sendable (Item) async throws(Failure) -> Value
    ) async throws(Failure) -> [Value] {
        let result = await withTaskGroup(
            of: (Int, Result<Value, Failure>).self, returning: Result<[Value], Failure>.self
        ) { group in
            var values = [Value?](repeating: nil, count: items.count)
            var failure: Failure?
            var next = 0
            func start() {
                guard next < items.count else { return }
                let (index, item) = (next, items[next])
                next += 1
                group.addTask {
                    do throws(Failure) {
                        return (index, .success(try await body(item)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<max(1, limit) { start() }
            while let (index, result) = await group.next() {
                switch result {
                case .success(let value):
                    values[index] = value
                    if failure == nil { start() }
                case .failure(let error):
                    // What the others throw once they are cancelled says nothing.
                    failure = failure ?? error
                    group.cancelAll()
                }
            }
            return failure.map { .failure($0) } ?? .success(values.compactMap(\.self))
        }
        return try result.get()
    }
}
