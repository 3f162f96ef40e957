/// One thing an implementation of a port must do, with a name for the test report.
package struct ConformanceCheck<Subject: Sendable>: Sendable, CustomStringConvertible {
    /// What is checked.
    package let name: String
    private let body: @Sendable (Subject) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Runs the check; throws or records an issue when the implementation fails it.
    package func run(on subject: Subject) async throws {
        try await body(subject)
    }

    package var description: String { name }
}
