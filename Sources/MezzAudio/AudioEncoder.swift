package import MezzCore
package import MezzMedia

/// One delivered sound track.
package struct AudioRecipe: Codable, Hashable, Sendable {
    package var bitsPerSecond: Int
    package var rule: LoudnessRule
    /// Length of the picture in seconds: the track is padded or cut to it.
    package var seconds: Double

    package init(bitsPerSecond: Int = 128_000, rule: LoudnessRule = .standard, seconds: Double) {
        self.bitsPerSecond = bitsPerSecond
        self.rule = rule
        self.seconds = seconds
    }
}

/// A delivered track as measured after its decode.
package struct EncodedAudio: Codable, Hashable, Sendable {
    package let source: Loudness
    package let delivered: Loudness
    package let gain: Double
    package let findings: [Finding]
}

/// Encodes stereo AAC-LC at a measured loudness, in step with the picture.
package struct AudioEncoder: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    static let sampleRate = 48000
    /// Encodes tried until the decoded peak keeps its limit: a lossy codec moves peaks.
    static let rounds = 4

    /// Writes `output` (an MP4 in `folder`).
    package func encode(
        _ path: String, stream: AudioStreamInfo, recipe: AudioRecipe, into output: String, in folder: String
    ) async throws -> EncodedAudio {
        let meter = LoudnessMeter(runner: runner)
        let alignment = Self.alignment(of: stream, seconds: recipe.seconds)
        let source = try await meter.survey(
            path, stream: stream.stream, filters: alignment, seeksDialogue: recipe.rule.dialogue != nil
        ).loudness
        var gain = Normalization(source, rule: recipe.rule).gain
        for round in 1... {
            try await write(path, stream.stream, alignment + [Self.volume(gain)], recipe, output, folder)
            let delivered = try await meter.survey(folder + "/" + output, stream: 0).loudness
            let excess = (delivered.truePeak ?? -.infinity) - recipe.rule.truePeak
            if excess <= 0 || round == Self.rounds {
                let findings = Self.findings(delivered, excess, recipe.rule, stream)
                return EncodedAudio(source: source, delivered: delivered, gain: gain, findings: findings)
            }
            gain -= excess + 0.1
        }
        throw CancellationError()
    }

    /// Filters that put the sound on the picture's clock: its first sample at frame 0, its end at the last frame's.
    static func alignment(of stream: AudioStreamInfo, seconds: Double) -> [String] {
        let offset = Int((stream.startSeconds * Double(sampleRate)).rounded())
        var filters = ["asetpts=PTS-STARTPTS", "aresample=\(sampleRate):async=1", "aformat=channel_layouts=stereo"]
        if offset > 0 { filters.append("adelay=delays=\(offset)S:all=1") }
        if offset < 0 { filters += ["atrim=start_sample=\(-offset)", "asetpts=PTS-STARTPTS"] }
        let end = Int((seconds * Double(sampleRate)).rounded())
        return filters + ["apad=whole_len=\(end)", "atrim=end_sample=\(end)"]
    }

    private static func volume(_ gain: Double) -> String {
        "volume=\((gain * 100).rounded() / 100)dB:precision=float"
    }

    private func write(
        _ path: String, _ stream: Int, _ filters: [String], _ recipe: AudioRecipe, _ output: String, _ folder: String
    ) async throws {
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(path)
            + ["-map", "0:\(stream)", "-af", filters.joined(separator: ","), "-c:a", "aac"]
            + ["-b:a", String(recipe.bitsPerSecond), "-ar", String(Self.sampleRate), "-flags", "+bitexact"]
            + FFmpegCommand.reproducible + ["-movie_timescale", String(Self.sampleRate), "-f", "mp4", output]
        try await runner.run(
            ToolCommand(
                .ffmpeg, arguments, workingDirectory: folder, subject: "\(path.printable) stream \(stream)"))
    }

    private static func findings(
        _ delivered: Loudness, _ excess: Double, _ rule: LoudnessRule, _ stream: AudioStreamInfo
    ) -> [Finding] {
        let place = Finding.Place(stream: String(stream.stream))
        let (anchor, measured, goal) = rule.anchor(of: delivered)
        guard let measured else {
            return [
                Finding(
                    "audio.silent", .warning, "the track is silent", place: place,
                    remedy: "check that the right track was delivered")
            ]
        }
        if excess > 0 {
            return [
                Finding(
                    "audio.true-peak", .error, "true peak \(delivered.truePeak ?? 0) dBTP is over \(rule.truePeak)",
                    place: place, remedy: "lower the peaks in the mix")
            ]
        }
        guard measured < goal.loudness - 0.5 else { return [] }
        return [
            Finding(
                "audio.peak-limited-gain", .warning,
                "the \(anchor.rawValue) has \(measured) LKFS instead of \(goal.loudness): more gain would push peaks over \(rule.truePeak) dBTP",
                place: place, remedy: "deliver a mix with less dynamic peaks, or accept the lower loudness")
        ]
    }
}
