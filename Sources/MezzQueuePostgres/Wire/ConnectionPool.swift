internal import Synchronization

/// Up to `limit` connections, opened when needed. Callers wait in line for a free one.
final class ConnectionPool: Sendable {
    private struct State {
        var idle: [ConnectionSlot] = []
        var open = 0
        var waiting: [CheckedContinuation<ConnectionSlot, Never>] = []
        var isClosed = false
    }

    private let address: ServerAddress
    private let limit: Int
    private let observer: ConnectionObserver?
    private let state = Mutex(State())

    init(_ address: ServerAddress, limit: Int, observer: ConnectionObserver?) {
        self.address = address
        self.limit = max(1, limit)
        self.observer = observer
    }

    /// Runs `body` on a connection that nobody else uses meanwhile.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async -> Result<Value, any Error> {
        let slot = await take()
        let result = await slot.run(body)
        giveBack(slot)
        return result
    }

    /// Closes what is idle now and the rest as it comes back.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for slot in idle { slot.close() }
    }

    private func take() async -> ConnectionSlot {
        await withCheckedContinuation { caller in
            let slot: ConnectionSlot? = state.withLock { state in
                // The one used last: its connection and its caches are the warmest.
                if let slot = state.idle.popLast() { return slot }
                guard state.open < limit else {
                    state.waiting.append(caller)
                    return nil
                }
                state.open += 1
                return ConnectionSlot(address, observer: observer)
            }
            if let slot { caller.resume(returning: slot) }
        }
    }

    private func giveBack(_ slot: ConnectionSlot) {
        let (next, isClosed) = state.withLock { state in
            let next = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
            if next == nil { state.idle.append(slot) }
            return (next, state.isClosed)
        }
        if let next {
            next.resume(returning: slot)
        } else if isClosed {
            slot.close()
        }
    }
}
