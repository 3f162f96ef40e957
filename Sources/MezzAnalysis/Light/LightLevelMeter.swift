package import MezzCore
package import MezzMedia

/// Measures MaxCLL and MaxFALL of a PQ source that does not state them (CTA-861.3, annex P): from one decode of every
/// frame at full size.
///
/// Parts of a title may be measured anywhere and merged (`LightMeasurement.merged`).
package struct LightLevelMeter: Sendable {
    private let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// Whether there is something to measure: PQ alone says how bright a signal is meant to be. HLG leaves it to the
    /// display.
    package static func applies(to video: VideoStreamInfo) -> Bool {
        video.color.transfer == "smpte2084" && LightFormat(video) != nil
    }

    /// Measures the frames of `range`, counted by index.
    /// - Parameters:
    ///   - threads: Of the decoder; `nil` leaves the choice to it.
    ///   - progress: Takes the number of frames so far, from a thread of its own.
    /// - Throws: `Failure` (`input`) for a source that is no PQ, whose colours cannot be read pixel by pixel, or that
    ///   has other than `range.count` frames there; `CancellationError`.
    package func measure(
        _ reader: SourceReader, _ range: FrameRange, threads: Int? = nil,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws -> LightMeasurement {
        guard reader.video.color.transfer == "smpte2084", let format = LightFormat(reader.video) else {
            throw Failure(
                .input, what: "light levels cannot be measured of \(Self.colors(reader.video))",
                place: reader.path.printable, remedy: "give MaxCLL and MaxFALL, or leave them out")
        }
        let folder = try TemporaryFolder("light")
        defer { folder.remove() }
        let pipe = try FramePipe(path: folder.path + "/frames.pipe")
        async let reading = LightReader(pipe, format: format, progress: progress).run()
        let messages: [String]
        do {
            messages = try await runner.run(command(reader, range, format, threads, pipe: pipe.path)).errorTail
        } catch {
            pipe.cancel()
            throw error
        }
        pipe.writerEnded()
        let outcome = await reading
        try Task.checkCancellation()
        runner.account(cpuSeconds: outcome.cpuSeconds)
        guard outcome.measurement.frames == range.count, outcome.pendingBytes == 0 else {
            throw Failure(
                .input, what: "\(outcome.measurement.frames) of \(range.count) frames could be decoded",
                place: reader.path.printable, remedy: "export the file again", detail: messages.joined(separator: "\n"))
        }
        return outcome.measurement
    }

    private func command(
        _ reader: SourceReader, _ range: FrameRange, _ format: LightFormat, _ threads: Int?, pipe: String
    ) -> ToolCommand {
        let filters = reader.filters(for: range) + ["format=" + format.pixelFormat]
        let decoder = threads.map { ["-threads", String($0)] } ?? []
        let arguments =
            FFmpegCommand.preamble + ["-filter_complex_threads", "1"] + decoder + reader.input(for: range)
            + ["-filter_complex", reader.label(input: 0) + filters.joined(separator: ",") + "[frames]"]
            + ["-map", "[frames]", "-fps_mode", "passthrough", "-f", "rawvideo", "file:" + pipe]
        return ToolCommand(.ffmpeg, arguments, subject: reader.path.printable)
    }

    private static func colors(_ video: VideoStreamInfo) -> String {
        "\(video.color.transfer ?? "an unknown curve") in \(video.pixelFormat), \(video.color.matrix ?? "no matrix")"
    }
}
