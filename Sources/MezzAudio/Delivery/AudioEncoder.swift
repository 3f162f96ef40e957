import Foundation
package import MezzCore
package import MezzMedia

/// Encodes sound at a measured loudness, in step with the picture: whole, so that nothing has to be joined.
package struct AudioEncoder: Sendable {
    let runner: ToolRunner
    /// Finds and runs the program of an external codec.
    let programs: ClientRunner

    /// - Parameter programs: `nil` looks for programs in the usual folders.
    package init(runner: ToolRunner, programs: ClientRunner? = nil) {
        self.runner = runner
        self.programs = programs ?? ClientRunner(path: "/usr/local/bin:/usr/bin:/bin")
    }

    /// Encodes tried until the decoded sound keeps peak and loudness: a lossy codec moves both.
    static let rounds = 5
    /// LU to either side of what a rule asks for.
    static let tolerance = 0.5
    /// LU that no other encode is worth.
    private static let closeEnough = 0.2

    /// Writes `output` (an MP4 in `folder`).
    /// - Parameters:
    ///   - stream: How the track is called in findings.
    ///   - path: Where each part's file is.
    /// - Throws: `Failure`: `unavailable` when FFmpeg has no encoder for the codec.
    package func encode(
        _ track: TrackSource, recipe: AudioRecipe, stream: String, into output: String, in folder: String,
        path: (TrackSource.Part) throws -> String
    ) async throws -> EncodedAudio {
        let encoder = try encoder(recipe)
        let whole = try SoundInput(track, seconds: recipe.seconds, path: path)
        let input = whole.through(Downmix.filters(from: track.channels, to: recipe.layout, for: recipe.codec))
        let meter = LoudnessMeter(runner: runner)
        let source = try await meter.survey(input, seeksDialogue: recipe.rule?.dialogue != nil)
        let first = Normalization(source.loudness, rule: recipe.rule)
        var level = try await recipe.rule == nil ? keptLevel(whole, source.loudness, meter) : recipe.gain(first)
        var ceiling = recipe.rule?.truePeak ?? 0
        for round in 1... {
            let isLimited = recipe.limitsPeaks && (source.loudness.truePeak ?? -.infinity) + level > ceiling
            let filters = [Self.volume(level)] + (isLimited ? PeakLimiter.filters(ceiling: ceiling) : [])
            let external = try await write(input.through(filters), recipe, encoder, output, folder)
            let delivered = try await meter.survey(
                SoundInput(folder + "/" + output, stream: 0), seeksDialogue: recipe.rule?.dialogue != nil
            ).loudness
            let step = Self.correction(delivered, recipe, ceiling: recipe.rule?.truePeak ?? 0)
            if round == Self.rounds || step == .none {
                return EncodedAudio(
                    source: source.loudness, delivered: delivered, gain: level, isLimited: isLimited, encoder: encoder,
                    codec: external?.codec ?? recipe.codec.rawValue,
                    findings: source.findings.filter { Self.reported.contains($0.code) }.map { $0.of(stream) }
                        + recipe.findings(delivered, stream: stream)
                        + (external.map { [Self.finding($0, stream: stream)] } ?? []))
            }
            switch step {
            case .ceiling(let excess) where recipe.limitsPeaks: ceiling -= excess + 0.1
            case .ceiling(let excess): level -= excess + 0.1
            case .level(let change): level += change
            case .none: break
            }
        }
        throw CancellationError()
    }

    /// What a survey finds that concerns the source, not the mix of it.
    private static let reported: Set<String> = ["audio.samples-spoiled", "audio.decode-errors"]

    /// What to change for the next encode.
    private enum Correction: Equatable {
        case none
        /// Peaks are over their limit by so many dB.
        case ceiling(Double)
        case level(Double)
    }

    private static func correction(_ delivered: Loudness, _ recipe: AudioRecipe, ceiling: Double) -> Correction {
        let headroom = ceiling - (delivered.truePeak ?? -.infinity)
        guard let rule = recipe.rule else { return .none }
        if headroom < 0 { return .ceiling(-headroom) }
        let (_, measured, goal) = rule.anchor(of: delivered)
        guard let measured else { return .none }
        let miss = goal.loudness - measured
        let change = recipe.limitsPeaks ? miss : min(miss, headroom - 0.05)
        // Gates open and close with the level: what a gain does is known when it was tried.
        return abs(miss) > closeEnough && abs(change) > 0.1 ? .level(change) : .none
    }

    /// The gain that makes a mix as loud as what it was mixed from, as far as full scale allows.
    private func keptLevel(_ whole: SoundInput, _ mixed: Loudness, _ meter: LoudnessMeter) async throws -> Double {
        let original = try await meter.survey(whole, seeksDialogue: false).loudness
        guard let before = original.integrated, let after = mixed.integrated, abs(before - after) > 0.05 else {
            return 0
        }
        return min(before - after, -(mixed.truePeak ?? 0))
    }

    private static func volume(_ gain: Double) -> String {
        "volume=\((gain * 100).rounded() / 100)dB:precision=float"
    }

    /// What is known of sound that another program encoded.
    private static func finding(_ external: ExternalAudio, stream: String) -> Finding {
        let kind = [external.codec, external.profile].compactMap(\.self).joined(separator: ", ")
        return Finding(
            "audio.external", .info,
            "encoded by \((external.program as NSString).lastPathComponent.printable) (\(kind.printable)); loudness is that of "
                + "what FFmpeg decodes of it", place: Finding.Place(stream: stream),
            remedy: "listen to it with a decoder of that codec: objects and extensions are not heard here")
    }

    private func encoder(_ recipe: AudioRecipe) throws(Failure) -> String {
        if let command = recipe.command { return command.program }
        let codec = recipe.codec
        let features = runner.tools[.ffmpeg]?.features ?? []
        if let encoder = codec.encoders.first(where: features.contains) { return encoder }
        throw Failure(
            .unavailable,
            what: "this FFmpeg cannot encode \(codec.rawValue): it lacks \(codec.encoders.joined(separator: ", "))",
            place: runner.tools[.ffmpeg]?.path.printable ?? "ffmpeg",
            remedy: "name one that can with MEZZ_FFMPEG, or deliver another codec with --audio")
    }

    /// - Returns: What another program said it encoded; `nil` when FFmpeg did.
    private func write(
        _ input: SoundInput, _ recipe: AudioRecipe, _ encoder: String, _ output: String, _ folder: String
    ) async throws -> ExternalAudio? {
        guard let command = recipe.command else {
            let rate = recipe.bitsPerSecond > 0 ? ["-b:a", String(recipe.bitsPerSecond)] : []
            try await ffmpeg(
                input, recipe.arguments(encoder) + rate + ["-ar", String(SoundInput.sampleRate)] + Self.mp4 + [output],
                in: folder)
            return nil
        }
        let (sound, encoded) = ("external.wav", "external.mp4")
        defer {
            for name in [sound, encoded] { try? FileManager.default.removeItem(atPath: folder + "/" + name) }
        }
        try await ffmpeg(
            input, ["-c:a", "pcm_s24le", "-ar", String(SoundInput.sampleRate), "-rf64", "auto", "-f", "wav", sound],
            in: folder)
        let external = try await ExternalEncoder(command: command, runner: runner, programs: programs).encode(
            folder + "/" + sound, bitsPerSecond: recipe.bitsPerSecond, language: recipe.language, into: encoded,
            in: folder)
        try await runner.run(
            ToolCommand(
                .ffmpeg,
                FFmpegCommand.preamble + FFmpegCommand.input(folder + "/" + encoded) + ["-map", "0:a:0", "-c", "copy"]
                    + Self.mp4 + [output], workingDirectory: folder, subject: input.subject))
        return external
    }

    private static let mp4 =
        ["-flags", "+bitexact"] + FFmpegCommand.reproducible
        + ["-movie_timescale", String(SoundInput.sampleRate), "-f", "mp4"]

    private func ffmpeg(_ input: SoundInput, _ output: [String], in folder: String) async throws {
        let arguments = FFmpegCommand.preamble + input.arguments + input.selection + output
        try await runner.run(ToolCommand(.ffmpeg, arguments, workingDirectory: folder, subject: input.subject))
    }
}

extension Finding {
    /// The same, said of a delivered track.
    fileprivate func of(_ stream: String) -> Finding {
        Finding(
            code, severity, message, place: Place(stream: stream, frame: place.frame, seconds: place.seconds),
            remedy: remedy)
    }
}
