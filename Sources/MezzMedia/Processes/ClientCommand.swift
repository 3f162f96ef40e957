package import Foundation

/// One call of a program that mezz neither brings nor probes: the command-line client of a cluster or a cloud.
package struct ClientCommand: Sendable, Hashable {
    /// A name to look for in PATH, or a path.
    package var program: String
    package var arguments: [String]
    /// Added to this process's environment: what a list of processes must not show.
    package var environment: [String: String]
    /// Seconds after which it is ended.
    package var seconds: Double
    /// Bytes of standard output after which it is ended.
    package var outputLimit: Int
    /// Folder in which it runs; `nil` for this process's own.
    package var workingDirectory: String?
    /// What it may use besides time; `nil` sets no limits.
    package var limits: ProcessLimits?

    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], seconds: Double = 60,
        outputLimit: Int = 16 << 20, workingDirectory: String? = nil, limits: ProcessLimits? = nil
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.seconds = seconds
        self.outputLimit = outputLimit
        self.workingDirectory = workingDirectory
        self.limits = limits
    }
}

/// What a client said, and how it ended.
package struct ClientAnswer: Sendable {
    package let ending: ChildResult.Ending
    package let output: Data
    /// The last lines of standard error.
    package let errorTail: [String]

    package var succeeded: Bool { ending == .exited(0) }
}
