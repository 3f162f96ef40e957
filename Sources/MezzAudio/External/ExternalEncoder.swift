import Foundation
import MezzCore
package import MezzMedia

/// Encodes sound by a program that mezz does not bring, such as a licensed encoder of E-AC-3 JOC or AC-4; the contract is
/// in docs/audio-encoders.md.
package struct ExternalEncoder: Sendable {
    let command: ExternalCommand
    let runner: ToolRunner
    let programs: ClientRunner
    let limits: ProcessLimits
    let seconds: Double

    /// Six hours, for a program that needs three times the length of a film.
    package static let usualSeconds: Double = 21_600

    /// - Parameters:
    ///   - runner: Reads the result; needs ffprobe.
    ///   - programs: Finds and runs the program.
    ///   - limits: What it may use besides time.
    ///   - seconds: After which it is ended.
    package init(
        command: ExternalCommand, runner: ToolRunner, programs: ClientRunner, limits: ProcessLimits = .work,
        seconds: Double = ExternalEncoder.usualSeconds
    ) {
        self.command = command
        self.runner = runner
        self.programs = programs
        self.limits = limits
        self.seconds = seconds
    }

    /// Writes `output` in `folder`, which is also where the program runs.
    /// - Parameters:
    ///   - input: A WAVE file of any kind, by its path; an ADM BWF is given to the program as it is.
    ///   - output: A name; its end tells the program what to write (`.mp4`, `.ec3`, `.ac4`).
    ///   - language: BCP 47.
    /// - Returns: What the file holds, as ffprobe reads it.
    /// - Throws: `Failure`: `unavailable` when there is no such program, `failed` when it ends badly or writes something
    ///   else than one sound track as long as the input, `temporary` when it takes too long, `input` when `input` is no
    ///   WAVE file.
    package func encode(
        _ input: String, bitsPerSecond: Int, language: String = "und", into output: String, in folder: String
    ) async throws -> ExternalAudio {
        let wave = try WaveFacts(input)
        let path = folder + "/" + output
        // What an earlier run left must not pass for this one's.
        try? FileManager.default.removeItem(atPath: path)
        try await run(
            [
                .input: input, .output: path, .bitrate: String(bitsPerSecond), .channels: String(wave.channels),
                .rate: String(wave.sampleRate), .language: language,
            ], in: folder)
        let facts: ExternalAudio
        do {
            facts = try await ExternalProbe(runner: runner).read(path, program: command.program)
        } catch let failure as Failure where failure.status != .unavailable {
            throw refusal(failure.what, detail: failure.detail)
        }
        // A whole number of frames holds the sound, and encoders begin with up to two frames of nothing.
        let excess = facts.seconds - wave.seconds
        guard excess <= facts.frameSeconds * 3.001, excess >= -facts.frameSeconds * 1.001 else {
            throw refusal(
                String(
                    format: "wrote %.3f s of sound for %.3f s; a frame has %.3f s", facts.seconds, wave.seconds,
                    facts.frameSeconds))
        }
        return facts
    }

    private func run(_ values: [ExternalCommand.Place: String], in folder: String) async throws {
        let call = ClientCommand(
            command.program, command.filled(values), seconds: seconds, workingDirectory: folder, limits: limits)
        let answer: ClientAnswer
        do {
            answer = try await programs.run(call)
        } catch let failure as Failure where failure.status == .temporary {
            throw Failure(
                .temporary, what: "the audio encoder took more than \(Int(seconds)) s",
                place: command.program.printable,
                remedy: "run it by hand on the same file to see what it waits for")
        }
        guard !answer.succeeded else { return }
        let words = answer.errorTail.suffix(8).joined(separator: "\n")
        switch answer.ending {
        case .exited(let code): throw refusal("ended with exit code \(code)", detail: words)
        case .signalled(24): throw refusal("used more CPU time than it may", detail: words)
        case .signalled(25): throw refusal("wrote a larger file than it may", detail: words)
        case .signalled(let signal): throw refusal("was ended by signal \(signal)", detail: words)
        case .stalled(let seconds):
            throw Failure(
                .temporary, what: "the audio encoder showed no life for \(Int(seconds)) s",
                place: command.program.printable, remedy: "run it by hand on the same file to see what it waits for",
                detail: words)
        }
    }

    private func refusal(_ what: String, detail: String = "") -> Failure {
        Failure(
            .failed, what: "the audio encoder \(what)", place: command.program.printable,
            remedy: "see docs/audio-encoders.md for what it has to do, and its own words below", detail: detail)
    }
}
