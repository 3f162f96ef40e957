package import MezzCore
package import MezzFormats

/// Reads a video track and holds it against its own level, its container and what was planned.
package enum StreamAnalyzer {
    /// All rules on a stream that was read.
    package static func findings(_ stream: CodedStream, expecting expectation: StreamExpectation) -> [Finding] {
        DamageRule.findings(stream) + LevelRule.findings(stream) + BufferRule.findings(stream, expectation)
            + PeakRule.findings(stream, expectation) + KeyFrameRule.findings(stream, expectation)
            + ParameterRule.findings(stream) + ColorRule.findings(stream, expectation) + TimingRule.findings(stream)
    }

    /// A file that holds a video track: all its samples, and the rules of CMAF where it is in fragments.
    /// - Parameter name: What findings call the stream.
    /// - Throws: `FormatError` when the file holds no video that can be checked.
    package static func analyze(
        _ source: some ByteSource, name: String, expecting expectation: StreamExpectation = StreamExpectation()
    ) throws(FormatError) -> (stream: CodedStream, findings: [Finding]) {
        let file = try MP4File.read(source)
        guard let track = file.movie?.tracks.first(where: { $0.handler == "vide" }) else {
            throw FormatError(.invalid, "there is no video track", at: 0)
        }
        let samples = try TrackSamples.read(source, track: track.id).samples
        let stream = try StreamScanner.scan(
            name, track: track, parts: [StreamScanner.Part(source: source, samples: samples)])
        let fragments = file.fragments.isEmpty ? [] : FragmentRule.findings(file, stream: name)
        return (stream, fragments + findings(stream, expecting: expectation))
    }
}
