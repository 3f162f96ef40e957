internal import CLibPQ
internal import FoundationEssentials
internal import MezzWorkflow

/// Where the server is: a libpq connection string, kept so that its password reaches nobody but libpq.
struct ServerAddress: Sendable {
    /// `postgres://host:port/database` or the hosts of a failover pair, without user and password: for messages.
    let place: String
    private let text: String
    private let secrets: [String]

    /// Takes a URL (`postgres://…`) or `keyword=value` pairs.
    ///
    /// libpq quotes a malformed string, with its password, in its own message; that message is therefore dropped.
    init(_ text: String) throws(QueueError) {
        guard !text.utf8.contains(0), let options = PQconninfoParse(text, nil) else {
            throw .broken(
                "the database address is malformed; write postgres://USER@HOST:PORT/DATABASE, and percent-encode "
                    + "special characters of a password")
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.text = text
        self.secrets = ["password", "sslpassword"].compactMap { values[$0] }.filter { !$0.isEmpty }
        let host = values["host"] ?? values["hostaddr"] ?? "localhost"
        self.place = "postgres://\(host):\(values["port"] ?? "5432")/\(values["dbname"] ?? "")"
    }

    /// `message` without the address's passwords.
    func redacted(_ message: String) -> String {
        secrets.reduce(message) { $0.replacing($1, with: "***") }
    }

    /// What libpq is given, in its order of precedence: the text, expanded in place of `dbname`, overrides what
    /// stands before it. A server that has become read-only after a failover is passed over, and a dead network is
    /// noticed in about half a minute rather than in hours.
    var parameters: [(keyword: String, value: String)] {
        [
            ("application_name", "mezz"), ("target_session_attrs", "read-write"), ("connect_timeout", "10"),
            ("keepalives_idle", "15"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("dbname", text), ("client_encoding", "UTF8"),
        ]
    }
}
