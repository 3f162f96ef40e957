import Foundation
import Glibc
import Synchronization

/// A proxy for any protocol over TCP that does to connections what networks do: it cuts them, lets none through for a
/// while, holds bytes back, or loses some, which ends the connection as it would between two machines.
package final class FaultyWire: Sendable {
    private struct State {
        var dice: SeededDice
        var pairs: [Int: WirePair] = [:]
        var next = 0
        var isClosed = false
        var isSilent = false
        var delay = 0.0
        var loss = 0.0
        var cuts = 0
    }

    /// The port on 127.0.0.1 that it listens on.
    package let port: Int
    private let upstream: Int
    private let listener: Int32
    private let state: Mutex<State>

    /// - Parameter upstream: the server's port on 127.0.0.1.
    package init(before upstream: Int, seed: UInt64 = 1) throws {
        (listener, port) = try Loopback.listen()
        self.upstream = upstream
        state = Mutex(State(dice: SeededDice(seed: seed)))
        Thread.detachNewThread { [weak self, listener] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, let wire = self else { break }
                wire.serve(client)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// How many connections it has cut.
    package var cuts: Int { state.withLock { $0.cuts } }

    /// Resets all connections.
    package func cut() {
        let pairs = state.withLock { state in
            state.cuts += state.pairs.count
            return Array(state.pairs.values)
        }
        for pair in pairs { pair.reset() }
    }

    /// Whether connections are cut, and new ones reset at once.
    package func refuse(_ isClosed: Bool) {
        state.withLock { $0.isClosed = isClosed }
        if isClosed { cut() }
    }

    /// Whether bytes are held back in both directions, without a word.
    package func silence(_ isSilent: Bool) { state.withLock { $0.isSilent = isSilent } }

    /// Each block of bytes comes so many seconds later.
    package func delay(_ seconds: Double) { state.withLock { $0.delay = seconds } }

    /// For each block of bytes: the probability, from 0 to 1, that the connection is cut instead.
    package func lose(_ share: Double) { state.withLock { $0.loss = share } }

    private func serve(_ client: Int32) {
        guard !state.withLock({ $0.isClosed }), let server = Loopback.connect(upstream) else {
            WirePair(client, nil).reset()
            return
        }
        let pair = WirePair(client, server)
        let number = state.withLock { state in
            state.next += 1
            state.pairs[state.next] = pair
            return state.next
        }
        for (from, to) in [(client, server), (server, client)] {
            Thread.detachNewThread { [weak self] in
                Self.pump(pair, from, to) { self?.wait(on: pair) ?? false }
                pair.end()
                self?.state.withLock { $0.pairs[number] = nil }
            }
        }
    }

    private static func pump(_ pair: WirePair, _ from: Int32, _ to: Int32, _ mayPass: () -> Bool) {
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(from, &block, block.count, 0)
            guard count > 0, mayPass() else { return }
            var done = 0
            while done < count {
                let sent = block.withUnsafeBytes { bytes in
                    send(to, bytes.baseAddress.map { $0 + done }, count - done, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { return }
                done += sent
            }
        }
    }

    /// Holds a block back as long as it has to be; `false` when it is lost.
    private func wait(on pair: WirePair) -> Bool {
        let (delay, isLost) = state.withLock { state in
            let roll = Double(state.dice.next() >> 11) / Double(1 << 53)
            if roll < state.loss { state.cuts += 1 }
            return (state.delay, roll < state.loss)
        }
        if isLost {
            pair.reset()
            return false
        }
        if delay > 0 { usleep(UInt32(delay * 1_000_000)) }
        while state.withLock({ $0.isSilent }), !pair.isOver { usleep(20_000) }
        return true
    }
}

/// Both ends of a connection through the proxy. The sockets are closed with the object, which those hold that use them.
private final class WirePair: Sendable {
    private let client: Int32
    private let server: Int32?
    private let over = Mutex(false)

    init(_ client: Int32, _ server: Int32?) {
        (self.client, self.server) = (client, server)
    }

    deinit {
        close(client)
        if let server { close(server) }
    }

    var isOver: Bool { over.withLock { $0 } }

    /// Ends both sides as a program does that has said all it had to say.
    func end() {
        over.withLock { $0 = true }
        for socket in [client, server].compactMap(\.self) { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// Makes both sides' end a reset.
    func reset() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        for socket in [client, server].compactMap(\.self) {
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        }
        end()
    }
}
