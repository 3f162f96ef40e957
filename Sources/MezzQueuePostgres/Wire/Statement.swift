/// A statement that each connection prepares once, on first use.
struct Statement: Sendable {
    /// Its name on the server, unique in this module.
    let name: String
    /// Its text, with `$1`, `$2`, … for values. Every parameter is cast, so that the server never has to guess.
    let sql: String
}
