import MezzCore
import MezzMedia

/// What FFmpeg may use while it reads a package, and what its end means.
enum VerifierLimits {
    static let process = ProcessLimits(memoryBytes: 16 << 30, stallSeconds: 120)

    /// The last lines of FFmpeg's complaint, without the memory addresses that differ from run to run.
    static func complaint(_ result: ChildResult, lines: Int) -> String {
        result.errorTail.suffix(lines).map { line in
            line.split(separator: " @ 0x", omittingEmptySubsequences: false).enumerated().map { index, part in
                index == 0 ? part : part.drop(while: \.isHexDigit)
            }.joined()
        }.joined(separator: "; ").printable
    }

    /// An end that says nothing about the package is an error, not a finding.
    static func checkEnding(_ result: ChildResult, _ command: ToolCommand) throws(Failure) {
        switch result.ending {
        case .exited: return
        case .signalled(let signal):
            throw Failure(
                .temporary, what: "ffmpeg was ended by signal \(signal)", place: command.subject,
                remedy: "if it happens again, give it more memory or fewer --workers")
        case .stalled(let seconds):
            throw Failure(
                .temporary, what: "ffmpeg showed no life for \(Int(seconds)) seconds and was ended",
                place: command.subject, remedy: "check the storage that holds the package")
        }
    }
}
