import MezzCore
import MezzMedia

/// Decodes one sound stream with FFmpeg and hands its samples out in blocks of 100 ms, as they come.
struct SampleSource {
    let runner: ToolRunner

    /// What is known after the last sample.
    struct End {
        let header: WAVEHeader?
        /// Frames after the last whole block, interleaved.
        let rest: [Float]
        /// Samples that were no numbers.
        let spoiled: Int
        /// What the decoder complained of, last lines.
        let complaints: [String]
    }

    /// - Parameters:
    ///   - begin: Called before the first block.
    ///   - take: Called for each whole block of interleaved samples.
    /// - Throws: `Failure` when the track cannot be decoded; what the closures throw.
    @discardableResult
    func read(
        _ input: SoundInput, begin: (WAVEHeader) throws -> Void, take: ([Float]) throws -> Void
    ) async throws -> End {
        // FFmpeg keeps the rate and the layout of the first frame when either changes on the way.
        let arguments =
            ["-hide_banner", "-nostdin", "-v", "error"] + input.arguments + input.selection
            + ["-c:a", "pcm_f32le", "-bitexact", "-f", "wav", "pipe:1"]
        let command = ToolCommand(.ffmpeg, arguments, subject: input.subject)
        var blocks = SampleBlocks()
        do {
            let result = try await runner.run(command) { try blocks.append($0, begin: begin, take: take) }
            return End(
                header: blocks.header, rest: blocks.rest(), spoiled: blocks.spoiled, complaints: result.errorTail)
        } catch is WAVEHeader.Unreadable {
            throw Failure(
                .failed, what: "FFmpeg did not write the samples as asked", place: command.subject,
                remedy: "run mezz doctor; run scripts/setup")
        }
    }
}
