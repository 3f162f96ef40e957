package import Foundation
import Glibc

/// How a program that a test ran has ended.
package struct ChildEnd: Sendable {
    /// The exit code; 128 plus the signal's number for one that a signal ended, as a shell counts.
    package let status: Int32
    /// The signal that ended it.
    package let signal: Int32?
    package let output: Data
    package let errorOutput: Data
    package let seconds: Double

    package var text: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
}

/// A test's child ran longer than it may: it was killed.
package struct ChildHung: Error, CustomStringConvertible {
    package let command: String
    package let seconds: Double
    package let errorText: String

    package var description: String { "\(command) hung: killed after \(seconds) s; it said: \(errorText)" }
}

/// A program that a test has started. Its output goes to files, so nobody need read it along.
package final class Child: Sendable {
    private let process: SpawnedProcess
    private let command: String
    private let outputPath: String
    private let errorPath: String
    private let started = ContinuousClock.now

    /// The variable by which a child and all its descendants are found again, whoever their parent is by then.
    private static let markKey = "MEZZ_TEST_MARK"
    private let mark: String

    package var pid: Int32 { process.pid }

    /// - Parameter folder: Where the files for standard output and standard error are put.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
        workingDirectory: String? = nil, in folder: TestFolder
    ) throws {
        let mark = UUID().uuidString
        let (outputPath, errorPath) = (folder(".child-\(mark)-out"), folder(".child-\(mark)-err"))
        (self.mark, self.outputPath, self.errorPath) = (mark, outputPath, errorPath)
        command = ([(program as NSString).lastPathComponent] + arguments).joined(separator: " ")
        process = try SpawnedProcess(
            [program] + arguments, environment: environment.merging([Self.markKey: mark]) { _, new in new },
            in: workingDirectory ?? folder.path, output: outputPath, errors: errorPath)
    }

    package var isRunning: Bool { process.status == nil }

    /// What it has written to standard error so far.
    package var errorText: String { String(decoding: Self.contents(errorPath), as: UTF8.self) }

    package func send(_ signal: Int32) {
        if isRunning { kill(pid, signal) }
    }

    /// Waits for the end; kills the child, and what it started, after `seconds`.
    package func end(within seconds: Double) async throws -> ChildEnd {
        let limit = ContinuousClock.now + .seconds(seconds)
        do {
            while isRunning {
                guard ContinuousClock.now < limit else {
                    throw ChildHung(command: command, seconds: seconds, errorText: errorText)
                }
                try await Task.sleep(for: .milliseconds(5))
            }
        } catch {
            for pid in [pid] + family() { kill(pid, SIGKILL) }
            throw error
        }
        let status = process.status ?? 0
        let signal = status & 0x7F == 0 ? nil : status & 0x7F
        return ChildEnd(
            status: signal.map { 128 + $0 } ?? status >> 8 & 0xFF, signal: signal,
            output: Self.contents(outputPath), errorOutput: Self.contents(errorPath),
            seconds: started.duration(to: .now) / .seconds(1))
    }

    /// The living processes that the child started, directly or not, whether it still lives or not.
    package func family() -> [Int32] {
        let wanted = Data("\(Self.markKey)=\(mark)".utf8)
        return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
            .filter { $0 != pid && Self.contents("/proc/\($0)/environ").split(separator: 0).contains(wanted) }
    }

    /// Whether all that the child started ends within `seconds`.
    package func familyEnds(within seconds: Double) async throws -> Bool {
        let limit = ContinuousClock.now + .seconds(seconds)
        while !family().isEmpty {
            guard ContinuousClock.now < limit else { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }

    private static func contents(_ path: String) -> Data { FileManager.default.contents(atPath: path) ?? Data() }
}
