/// A moment in the life of a statement, for tests that break things at each of them.
package struct ConnectionEvent: Sendable, Hashable {
    /// How far the statement is.
    package enum Moment: Sendable, Hashable, CaseIterable {
        /// Nothing has left yet.
        case sending
        /// The server has it, its answer is not read. An error thrown here is a connection lost before the answer.
        case sent
        /// The answer is read.
        case answered
    }

    /// How far the statement is.
    package let moment: Moment
    /// The statement's name; those of one round trip joined by `+`.
    package let statement: String
    /// The process that serves the connection.
    package let backend: Int32
}

/// Is told of each moment, on the connection's own thread. Errors count as losses of the connection.
package typealias ConnectionObserver = @Sendable (ConnectionEvent) throws -> Void
