package import Foundation
import MezzCore

/// One call of a tool.
package struct ToolCommand: Sendable, Hashable {
    package var tool: Tool
    package var arguments: [String]
    /// Folder in which the tool runs; relative names in `arguments` are relative to it.
    package var workingDirectory: String?
    package var limits: ProcessLimits
    /// What the call works on, for messages.
    package var subject: String
    /// What the tool reads from its standard input; `nil` gives it none.
    package var input: SecretText?

    package init(
        _ tool: Tool, _ arguments: [String], workingDirectory: String? = nil, limits: ProcessLimits = .work,
        subject: String, input: SecretText? = nil
    ) {
        self.tool = tool
        self.arguments = arguments
        self.workingDirectory = workingDirectory
        self.limits = limits
        self.subject = subject
        self.input = input
    }
}

/// Runs tools, accounts for what they cost and turns their failures into errors a person can act on.
package struct ToolRunner: Sendable {
    package let tools: ToolSet
    private let meter: UsageMeter

    package init(tools: ToolSet, meter: UsageMeter = UsageMeter()) {
        self.tools = tools
        self.meter = meter
    }

    /// The same tools, accounted to `meter`.
    package func metered(by meter: UsageMeter) -> ToolRunner { ToolRunner(tools: tools, meter: meter) }

    /// Accounts work done in this process beside what the tools cost.
    package func account(cpuSeconds: Double) { meter.add(cpuSeconds: cpuSeconds) }

    /// Runs `command` to its end and hands its standard output to `output` piece by piece.
    /// - Throws: `Failure` when the tool is missing, cannot start or does not exit with 0; what `output` throws;
    ///   `CancellationError`.
    @discardableResult
    package func run(
        _ command: ToolCommand, output: (UnsafeRawBufferPointer) throws -> Void = { _ in }
    ) async throws -> ChildResult {
        let result = try await attempt(command, output: output)
        guard result.succeeded else { throw ToolFailure.describe(result, of: command) }
        return result
    }

    /// Like `run`, but an unsuccessful end is a value, not an error.
    package func attempt(
        _ command: ToolCommand, output: (UnsafeRawBufferPointer) throws -> Void = { _ in }
    ) async throws -> ChildResult {
        guard let found = tools[command.tool] else {
            throw Failure(
                .unavailable, what: "\(command.tool.rawValue) not found", place: command.subject,
                remedy: "run \(command.tool.setup)")
        }
        let child = ChildProcess(
            executable: found.path, arguments: command.arguments, workingDirectory: command.workingDirectory,
            limits: command.limits, input: command.input)
        let result = try await child.run(output: output)
        meter.add(cpuSeconds: result.cpuSeconds)
        return result
    }

    /// Runs `command` and collects its standard output.
    /// - Parameter limit: Bytes after which the output counts as hostile and the tool is ended.
    package func collect(_ command: ToolCommand, limit: Int = 64 << 20) async throws -> Data {
        var data = Data()
        try await run(command) { bytes in
            guard data.count + bytes.count <= limit else {
                throw Failure(
                    .input, what: "\(command.tool.rawValue) printed more than \(limit) bytes", place: command.subject,
                    remedy: "the file describes more than any real title holds; check where it comes from")
            }
            data.append(contentsOf: bytes)
        }
        return data
    }
}
