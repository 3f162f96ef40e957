package import MezzMedia

/// What the speech detector sees, for training it.
package struct SpeechEvidence: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// Hands out a line for each half second: its statistics, set apart by spaces.
    /// - Throws: `Failure` when the stream cannot be decoded.
    package func read(_ path: String, stream: Int, line: (String) -> Void) async throws {
        var features: SpeechFeatures?
        var channels = 1
        let source = SampleSource(runner: runner)
        try await source.read(SoundInput(path, stream: stream)) { header in
            features = SpeechFeatures(sampleRate: header.sampleRate)
            channels = header.channels
        } take: { block in
            for window in features?.process(ChannelMix.mean(block, channels)) ?? [] {
                line(window.vector.map { String($0) }.joined(separator: " "))
            }
        }
    }
}
