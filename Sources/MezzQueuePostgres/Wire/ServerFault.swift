internal import FoundationEssentials
internal import MezzWorkflow

/// What the server or the connection to it reported.
struct ServerFault: Error {
    /// The five characters of SQLSTATE (PostgreSQL manual, appendix A), or `nil` when the connection itself failed.
    let state: String?
    /// The message, without passwords.
    let message: String

    /// The connection is of no use any more, and whether the last statement was committed is unknown.
    static func lost(_ message: String) -> ServerFault { ServerFault(state: nil, message: message) }

    /// Whether the connection must be given up: it broke, the server ends it, or leads to a standby.
    var endsConnection: Bool {
        guard let state else { return true }
        return state.hasPrefix("08") || state.hasPrefix("57P") || state == "25006"
    }

    /// Whether the transaction may have been committed all the same.
    var leavesDoubt: Bool {
        state.map { $0 != Self.notConnected && ($0.hasPrefix("08") || $0.hasPrefix("57P")) } ?? true
    }

    /// The state of a connection that never came about; nothing was sent over it.
    static let notConnected = "08001"

    /// Whether the same call may succeed a moment later.
    var mayPass: Bool {
        guard let state else { return true }
        // Lost connections; deadlocks and serialization failures, which are rolled back; no free connection slot.
        return endsConnection || ["40001", "40P01", "53300", "55P03"].contains(state)
    }
}

extension QueueError {
    /// Sorts faults by what the caller can do about them: what happened, where, and a remedy where one is known.
    init(_ error: any Error, at place: String) {
        switch error {
        case let error as QueueError: self = error
        case let fault as ServerFault: self = fault.error(at: place)
        default: self = .broken("\(place): \(error)")
        }
    }
}

extension ServerFault {
    fileprivate func error(at place: String) -> QueueError {
        let detail = "\(place): \(message)"
        guard let state, !state.hasPrefix("08") else {
            return .busy("\(detail): check that the server runs and can be reached")
        }
        return switch state {
        case "53100": .full("\(detail): free disk space on the database server")
        case "53300": .busy("\(detail): raise max_connections, or run fewer workers")
        case "25006": .busy("\(detail): the server is a standby; name the primary in the address")
        case "3D000": .broken("\(detail): create it with createdb")
        case "42501": .broken("\(detail): grant the user CREATE on the database")
        case _ where state.hasPrefix("28"): .broken("\(detail): check user, password and pg_hba.conf")
        case _ where mayPass: .busy(detail)
        default: .broken("\(detail) (SQLSTATE \(state))")
        }
    }
}
