import MezzCore

/// Turns an unsuccessful child into an error for a person.
enum ToolFailure {
    static func describe(_ result: ChildResult, of command: ToolCommand) -> Failure {
        let tail = result.errorTail.suffix(8).joined(separator: "\n")
        let name = command.tool.rawValue
        if tail.contains("No space left on device") || tail.contains("Disk quota exceeded") {
            return Failure(
                .failed, what: "the disk is full", place: command.subject,
                remedy: "free space and run the same command again: finished work is kept", detail: tail)
        }
        switch result.ending {
        case .exited(let code):
            return Failure(
                .failed, what: "\(name) failed with exit code \(code)", place: command.subject,
                remedy: "see the tool's own words below", detail: tail)
        case .signalled(24):
            return Failure(
                .failed, what: "\(name) used more CPU time than it may", place: command.subject,
                remedy: "the input may be built to exhaust decoders; check where it comes from", detail: tail)
        case .signalled(25):
            return Failure(
                .failed, what: "\(name) wrote a larger file than it may", place: command.subject,
                remedy: "the input may be built to exhaust decoders; check where it comes from", detail: tail)
        case .signalled(let signal):
            // Killed from outside, by the kernel's out-of-memory killer in the usual case: another try may pass.
            return Failure(
                .temporary, what: "\(name) was ended by signal \(signal)", place: command.subject,
                remedy: "if it happens again, give it more memory or fewer --workers", detail: tail)
        case .stalled(let seconds):
            return Failure(
                .temporary, what: "\(name) showed no life for \(Int(seconds)) seconds and was ended",
                place: command.subject, remedy: "check the storage that holds the file", detail: tail)
        }
    }
}
