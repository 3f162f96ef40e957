import MezzCore
import MezzMedia

/// What FFmpeg may use while it reads a package, and what its end means.
enum VerifierLimits {
    static let process = ProcessLimits(memoryBytes: 16 << 30, stallSeconds: 300)

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
