package import MezzCore

extension CertificationIndex.Entry {
    /// Judges a stream that was built.
    /// - Parameter asked: As the plan has it; what was built may be smaller.
    package init(
        _ built: CertificationEncoder.Built, asked: CertificationStream, level: CertificationLevel,
        decoders: [DecodedStream]
    ) {
        let (stream, verdict) = (built.stream, built.verdict)
        self.init(
            stream, level: level, built: built, decoders: decoders,
            problems: StreamProblems.found(stream, verdict, level)
                + StreamProblems.found(decoders, frames: stream.frames),
            remarks: StreamRemarks.found(built, asked: asked, level: level)
                + StreamRemarks.found(decoders, codec: level.codec))
    }

    /// A stream that no encoder made.
    package init(unbuilt stream: CertificationStream, level: CertificationLevel, because failure: Failure) {
        self.init(
            stream, level: level, built: nil, decoders: [], problems: ["not built: \(failure.cause)"], remarks: [])
    }

    private init(
        _ stream: CertificationStream, level: CertificationLevel, built: CertificationEncoder.Built?,
        decoders: [DecodedStream], problems: [String], remarks: [String]
    ) {
        purpose = stream.purpose
        description = stream.purpose.words
        file = built == nil ? nil : stream.file
        encoder = built?.encoder
        quantizer = built?.quantizer
        width = stream.size.width
        height = stream.size.height
        frameRate = stream.frameRate
        frames = stream.frames
        verdict = built?.verdict
        bitratePercent = verdict.map { Self.percent(Double($0.peakBPS), level.bitRate) }
        picturePercent = Self.percent(Double(stream.size.pixels), level.pictureSamples)
        samplesPercent = Self.percent(Double(stream.size.pixels * stream.frameRate), level.sampleRate)
        self.decoders = decoders
        self.problems = problems
        self.remarks = remarks
    }

    private static func percent(_ value: Double, _ limit: Int) -> Double {
        (1000 * value / Double(limit)).rounded() / 10
    }
}
