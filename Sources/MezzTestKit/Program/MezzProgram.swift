import Foundation

/// The built `mezz`, run as a user runs it.
package struct MezzProgram: Sendable {
    package let tools: TestTools
    private let folder: TestFolder

    /// Options of the cheapest encode there is: one codec, the fewest trials, the fastest preset.
    package static let cheap = ["--ladder", "fixed", "--codec", "avc", "--effort", "quick", "--preset", "ultrafast"]

    /// Seconds that a command on a test's small media may take on a busy machine.
    package static let patience = 240.0

    /// - Parameter folder: The working directory of every run; the tool cache lies in it too.
    package init(in folder: TestFolder) throws {
        self.folder = folder
        tools = try TestTools()
    }

    /// Starts the program.
    package func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Child {
        let own = ["MEZZ_TOOLS": tools.folder, "XDG_CACHE_HOME": folder(".cache")]
        return try Child(
            tools.mezz, arguments,
            environment: ProcessInfo.processInfo.environment.merging(own) { _, new in new }
                .merging(environment) { _, new in new },
            in: folder)
    }

    /// Runs the program to its end.
    package func run(
        _ arguments: [String], environment: [String: String] = [:], within seconds: Double = patience
    ) async throws -> ChildEnd {
        try await start(arguments, environment: environment).end(within: seconds)
    }

    /// `mezz encode` with the cheapest options.
    package func encode(_ source: String, to output: String, _ options: [String] = []) async throws -> ChildEnd {
        try await run(["encode", source, "-o", output] + Self.cheap + options)
    }
}
