internal import CLibPQ
internal import FoundationEssentials

extension Connection {
    /// The rows of `result`, which is taken over, or the fault that it stands for.
    func rows(_ result: OpaquePointer?) throws -> Rows {
        guard let result else { throw lastFault() }
        let rows = Rows(result)
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return rows
        default: throw fault(of: result)
        }
    }

    /// The fault without a result: the connection broke.
    func lastFault() -> ServerFault { .lost(clean(PQerrorMessage(handle))) }

    /// Why connecting failed. libpq keeps no SQLSTATE for that; what the user must mend is told from what passes by
    /// the server's words, which are not translated before the session has a language.
    func connectFault() -> ServerFault {
        let message = clean(PQerrorMessage(handle))
        let state =
            if message.contains("password") || message.contains("pg_hba.conf") {
                "28000"
            } else if message.contains("database \"") && message.contains("does not exist") {
                "3D000"
            } else if message.contains("role \"") && message.contains("does not exist") {
                "28000"
            } else if message.contains("too many clients") || message.contains("remaining connection slots") {
                "53300"
            } else {
                ServerFault.notConnected
            }
        return ServerFault(state: state, message: message)
    }

    private func fault(of result: OpaquePointer) -> ServerFault {
        let message = clean(PQresultErrorField(result, Int32(UInt8(ascii: "M"))) ?? PQresultErrorMessage(result))
        guard let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else { return .lost(message) }
        return ServerFault(state: String(cString: state), message: message)
    }

    private func clean(_ message: UnsafePointer<CChar>?) -> String {
        guard let message else { return "no answer" }
        let lines = String(cString: message).split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }
        return address.redacted(lines.joined(separator: "; "))
    }
}
