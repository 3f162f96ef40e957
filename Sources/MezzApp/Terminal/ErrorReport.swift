import ArgumentParser
import Foundation
import MezzCore
import MezzPipeline
import MezzStorage
import MezzWorkflow

/// Tells a person, and with `--json` a program, why a command ended, and chooses the exit code.
struct ErrorReport {
    private let error: any Error
    private let wantsJSON: Bool

    init(_ error: any Error, wantsJSON: Bool) {
        self.error = error
        self.wantsJSON = wantsJSON
    }

    /// - Returns: The exit code.
    func print() -> Int32 {
        if let exit = error as? ExitCode { return exit.rawValue }
        if let interruption = error as? Interruption { return interruption.status.rawValue }
        guard let failure else { return usage() }
        Output.error("error: \(failure.what): \(failure.place.printable): \(failure.remedy)")
        if !failure.detail.isEmpty {
            for line in failure.detail.split(separator: "\n").suffix(8) {
                Output.error("  | " + String(line).printable)
            }
        }
        if wantsJSON { Output.json(Document(error: failure)) }
        return failure.status.rawValue
    }

    private struct Document: Encodable {
        let error: Failure
    }

    private var failure: Failure? {
        switch error {
        case let failure as Failure: failure
        case let error as QueueError: Self.describe(error)
        case let error as StoreError: Failure(storeError: error)
        case let error as CocoaError where error.code == .fileWriteOutOfSpace:
            Failure(
                .failed, what: "the disk is full", place: error.filePath ?? "output",
                remedy: "free space and run the same command again: finished work is kept")
        case is ValidationError, is CleanExit: nil
        default:
            Mezz.exitCode(for: error) == .failure
                ? Failure(.failed, what: "unexpected error", place: String(describing: error), remedy: "run again")
                : nil
        }
    }

    private static func describe(_ error: QueueError) -> Failure {
        switch error {
        case .newerDatabase(let path):
            Failure(
                .failed, what: "the state was written by a newer mezz", place: path,
                remedy: "use that version, or remove the .mezz folder")
        case .full(let path):
            Failure(
                .failed, what: "the disk is full", place: path,
                remedy: "free space and run the same command again: finished work is kept")
        case .unknownJob(let job):
            Failure(.usage, what: "there is no such job", place: job.value, remedy: "mezz jobs lists those there are")
        case .busy(let detail):
            Failure(
                .temporary, what: "the database cannot be used", place: detail, remedy: "check it, and try again")
        default:
            Failure(
                .failed, what: "the job's state failed", place: String(describing: error),
                remedy: "check the disk; remove the .mezz folder to begin anew")
        }
    }

    /// Help, version and usage errors as the argument parser writes them.
    private func usage() -> Int32 {
        let code = Mezz.exitCode(for: error)
        let message = Mezz.fullMessage(for: error)
        if code == .success {
            Output.line(message)
            return 0
        }
        let text = message.hasPrefix("Error: ") ? "error: " + message.dropFirst(7) : message
        Output.error(text)
        if wantsJSON {
            let first = String(text.split(separator: "\n").first ?? "usage")
            Output.json(Document(error: Failure(.usage, what: first, place: "command line", remedy: "see mezz --help")))
        }
        return ExitStatus.usage.rawValue
    }
}
