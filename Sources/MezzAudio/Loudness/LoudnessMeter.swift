import Foundation
import MezzCore
package import MezzMedia

/// Measures loudness: FFmpeg decodes, libebur128 weights and looks for peaks.
package struct LoudnessMeter: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// - Throws: `Failure` when the track cannot be decoded.
    package func measure(_ path: String, stream: Int) async throws -> Loudness {
        try await survey(path, stream: stream, seeksDialogue: false).loudness
    }

    /// Measures a track with all that `mezz loudness` tells of it.
    /// - Parameters:
    ///   - seeksDialogue: Whether to look for speech: it takes about as long again.
    ///   - dualMono: Whether a single channel will sound from two loudspeakers, as EBU R 128 has it: 3 dB more.
    /// - Throws: `Failure` when the track cannot be decoded or holds no samples.
    package func survey(
        _ path: String, stream: Int, seeksDialogue: Bool = true, dualMono: Bool = false
    ) async throws -> SoundSurvey {
        let input = SoundInput(path, stream: stream)
        return try await survey(input, stream: stream, seeksDialogue: seeksDialogue, dualMono: dualMono)
    }

    /// - Parameter stream: What the survey says it is of.
    func survey(
        _ input: SoundInput, stream: Int = 0, seeksDialogue: Bool, dualMono: Bool = false
    ) async throws -> SoundSurvey {
        var observer: SoundObserver?
        let end = try await SampleSource(runner: runner).read(input) { header in
            observer = try SoundObserver(header, seeksDialogue: seeksDialogue, dualMono: dualMono)
        } take: { block in
            try observer?.observe(block)
        }
        guard let observer, try observer.finish(end.rest) > 0 else {
            throw Failure(
                .failed, what: "the sound track holds no samples", place: input.subject,
                remedy: "check it, or remove it from the file")
        }
        return observer.survey(stream: stream, spoiled: end.spoiled, complaints: end.complaints)
    }
}
