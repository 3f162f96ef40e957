import Foundation
import MezzQueuePostgres
import MezzTestKit
import Synchronization

/// Breaks one connection at one moment of its life.
final class Saboteur: Sendable {
    /// How it breaks.
    enum Damage: Sendable, CaseIterable {
        /// The server ends the session.
        case terminated
        /// The server goes on; its answer never arrives.
        case unheard
    }

    private struct State {
        var seen: [ConnectionEvent] = []
        var target: Int?
        var damage = Damage.terminated
    }

    private let server: PostgresServer
    private let state = Mutex(State())

    init(_ server: PostgresServer) { self.server = server }

    /// The moments since the last ``arm(_:_:)``.
    var seen: [ConnectionEvent] { state.withLock(\.seen) }

    /// Breaks the `target`-th moment from now, or none.
    func arm(_ target: Int?, _ damage: Damage = .terminated) {
        state.withLock { $0 = State(target: target, damage: damage) }
    }

    func observe(_ event: ConnectionEvent) throws {
        let damage: Damage? = state.withLock { state in
            state.seen.append(event)
            return state.seen.count - 1 == state.target ? state.damage : nil
        }
        switch damage {
        case nil: return
        case .terminated: try server.run("SELECT pg_terminate_backend(\(event.backend), 10000)")
        case .unheard:
            if event.moment == .sent { try waitUntilDone(event.backend) }
            throw Unheard()
        }
    }

    private func waitUntilDone(_ backend: Int32) throws {
        for _ in 0..<200 {
            let state = try server.run("SELECT state FROM pg_stat_activity WHERE pid = \(backend)")
            if state != "active" { return }
        }
    }

    private struct Unheard: Error {}
}
