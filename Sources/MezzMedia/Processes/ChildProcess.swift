import Foundation
import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// One run of a program: arguments as an array, its own process group, standard input only where it is given, standard
/// error kept as a tail, standard output handed on as it comes. Cancelling the calling task ends the child: SIGTERM to its group,
/// then SIGKILL, and waits until it is reaped. However the child ends, nothing of its group outlives it.
struct ChildProcess: Sendable {
    let executable: String
    let arguments: [String]
    var workingDirectory: String?
    var limits = ProcessLimits()
    /// Added to this process's own environment.
    var environment: [String: String] = [:]
    /// What it reads from its standard input.
    var input: SecretText?

    /// - Parameter output: Receives standard output in order. An error it throws ends the child.
    /// - Throws: What `output` throws, `CancellationError`, or an error when the program cannot be started.
    func run(output: (UnsafeRawBufferPointer) throws -> Void) async throws -> ChildResult {
        if let input { return try await run(.array(input.bytes), output: output) }
        return try await run(.none, output: output)
    }

    private func run(
        _ input: some InputProtocol, output: (UnsafeRawBufferPointer) throws -> Void
    ) async throws -> ChildResult {
        let started = ContinuousClock.now
        let activity = Activity()
        let errors = ErrorLog()
        let execution = try await Subprocess.run(configuration, input: input, output: .sequence, error: .sequence) {
            child in
            let pid = child.processIdentifier.value
            return try await withThrowingTaskGroup(of: Void.self) { group in
                let standardError = child.standardError
                group.addTask {
                    for try await buffer in standardError {
                        activity.mark()
                        buffer.withUnsafeBytes { errors.append($0) }
                    }
                }
                let watchdog = Task { await Self.watch(pid, activity, limits.stallSeconds) }
                defer { watchdog.cancel() }
                // Inside this closure the child is not reaped yet: its number, and its group's, are still its own.
                do {
                    for try await buffer in child.standardOutput {
                        activity.mark()
                        try buffer.withUnsafeBytes { try output($0) }
                    }
                    try await group.waitForAll()
                    let seconds = await Self.cpuSecondsAtEnd(of: pid)
                    try Task.checkCancellation()
                    kill(-pid, SIGKILL)
                    return seconds
                } catch {
                    await Self.endGroup(of: pid)
                    throw error
                }
            }
        }
        try Task.checkCancellation()
        return ChildResult(
            ending: Self.ending(execution.terminationStatus, activity), cpuSeconds: execution.closureResult,
            wallSeconds: started.duration(to: .now) / .seconds(1), errorTail: errors.lines)
    }

    private var configuration: Configuration {
        var variables: [Environment.Key: String?] = ["LC_ALL": "C", "AV_LOG_FORCE_NOCOLOR": "1"]
        for (name, value) in environment { variables[.init(stringLiteral: name)] = value }
        let wrapped = limits.wrap(executable: executable, arguments: arguments)
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(3)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(3)),
        ]
        return Configuration(
            executable: .path(.init(wrapped.executable)), arguments: Arguments(wrapped.arguments),
            environment: .inherit.updating(variables),
            workingDirectory: workingDirectory.map { .init($0) }, platformOptions: options)
    }

    /// Ends the group whose leader is `pid`: the leader gets three seconds to go by itself.
    private static func endGroup(of pid: pid_t) async {
        kill(-pid, SIGTERM)
        // A task of its own: the wait must not be cut short by the cancellation that brought us here.
        await Task {
            var pause = Duration.milliseconds(5)
            let limit = ContinuousClock.now + .seconds(3)
            while let clock = ProcessClock.read(pid), clock.state != "Z", clock.state != "X", .now < limit {
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, .milliseconds(50))
            }
            kill(-pid, SIGKILL)
        }.value
    }

    /// Kills the child's group when neither output nor CPU time has moved for `stallSeconds`.
    private static func watch(_ pid: pid_t, _ activity: Activity, _ stallSeconds: Double) async {
        var lastCPU = 0.0
        let step = max(0.05, min(2, stallSeconds / 4))
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(step))
            guard let clock = ProcessClock.read(pid) else { return }
            // A hung FFmpeg still spends a few milliseconds a second on its progress clock: less than a hundredth of
            // the time allowed is no life.
            if clock.cpuSeconds - lastCPU > 0.01 * stallSeconds {
                lastCPU = clock.cpuSeconds
                activity.mark()
            }
            if activity.quietSeconds > stallSeconds {
                activity.markStalled(after: stallSeconds)
                kill(-pid, SIGKILL)
                return
            }
        }
    }

    /// The CPU time of a child that has closed its streams: waits until it has ended but is not yet reaped, when
    /// the kernel's account is final.
    private static func cpuSecondsAtEnd(of pid: pid_t) async -> Double {
        var last = 0.0
        var pause = Duration.milliseconds(1)
        while let clock = ProcessClock.read(pid) {
            last = clock.cpuSeconds
            if clock.state == "Z" || clock.state == "X" { break }
            do { try await Task.sleep(for: pause) } catch { break }
            pause = min(pause * 2, .milliseconds(50))
        }
        return last
    }

    private static func ending(_ status: TerminationStatus, _ activity: Activity) -> ChildResult.Ending {
        if let seconds = activity.stalledAfter { return .stalled(seconds: seconds) }
        switch status {
        case .exited(let code): return .exited(Int32(code))
        case .signaled(let signal): return .signalled(Int32(signal))
        }
    }
}

/// When a child last showed life.
private final class Activity: Sendable {
    private let state = Mutex<(last: ContinuousClock.Instant, stalledAfter: Double?)>((.now, nil))

    func mark() { state.withLock { $0.last = .now } }
    func markStalled(after seconds: Double) { state.withLock { $0.stalledAfter = seconds } }
    var quietSeconds: Double { state.withLock { $0.last.duration(to: .now) / .seconds(1) } }
    var stalledAfter: Double? { state.withLock { $0.stalledAfter } }
}

/// The tail of standard error, filled and read by different tasks.
private final class ErrorLog: Sendable {
    private let tail = Mutex(OutputTail())

    func append(_ bytes: UnsafeRawBufferPointer) { tail.withLock { $0.append(bytes) } }
    var lines: [String] { tail.withLock { $0.lines } }
}
