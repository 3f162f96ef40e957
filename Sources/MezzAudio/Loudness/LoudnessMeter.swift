import Foundation
import MezzCore
package import MezzMedia

/// Measures loudness: FFmpeg decodes, libebur128 weights and looks for peaks.
package struct LoudnessMeter: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// - Parameters:
    ///   - filters: Filters that the sound passes before the meter.
    /// - Throws: `Failure` when the track cannot be decoded.
    package func measure(_ path: String, stream: Int, filters: [String]) async throws -> Loudness {
        try await survey(path, stream: stream, filters: filters, seeksDialogue: false).loudness
    }

    /// Measures a track with all that `mezz loudness` tells of it.
    /// - Parameters:
    ///   - seeksDialogue: Whether to look for speech: it takes about as long again.
    ///   - dualMono: Whether a single channel will sound from two loudspeakers, as EBU R 128 has it: 3 dB more.
    /// - Throws: `Failure` when the track cannot be decoded or holds no samples.
    package func survey(
        _ path: String, stream: Int, filters: [String] = [], seeksDialogue: Bool = true, dualMono: Bool = false
    ) async throws -> SoundSurvey {
        var observer: SoundObserver?
        let end = try await SampleSource(runner: runner).read(path, stream: stream, filters: filters) { header in
            observer = try SoundObserver(header, seeksDialogue: seeksDialogue, dualMono: dualMono)
        } take: { block in
            try observer?.observe(block)
        }
        guard let observer, try observer.finish(end.rest) > 0 else {
            throw Failure(
                .failed, what: "the sound track holds no samples", place: "\(path.printable) stream \(stream)",
                remedy: "check it, or remove it from the file")
        }
        return observer.survey(stream: stream, spoiled: end.spoiled, complaints: end.complaints)
    }
}
