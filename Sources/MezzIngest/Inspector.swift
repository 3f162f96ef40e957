import Foundation
package import MezzCore
package import MezzMedia

/// Reads what a source declares and decides how its frames are read; refuses what cannot be encoded.
package struct Inspector: Sendable {
    let runner: ToolRunner
    let reading: SourceReading

    package init(runner: ToolRunner, reading: SourceReading = SourceReading()) {
        self.runner = runner
        self.reading = reading
    }

    /// Limits for reading headers and packets: hostile containers try to exhaust the demuxer.
    private static let limits = ProcessLimits(cpuSeconds: 600, memoryBytes: 8 << 30, stallSeconds: 120)

    /// What FFmpeg takes a text file for by the ending of its name: it would draw the letters.
    private static let textFormats: Set<String> = ["tty", "bin", "xbin", "adf", "idf"]

    /// - Throws: `Failure` with `input` when the file is no media, has no picture, or cannot be encoded.
    package func inspect(_ path: String) async throws -> SourceInfo {
        let file = try SourceFile.check(path)
        let probe = try await self.probe(file.path)
        if let format = probe.format?.formatName, Self.textFormats.contains(format) {
            throw SourceFile.refuse("is text, not media", path, "name a file with a picture")
        }
        let stream = try pictureStream(of: probe, path)
        let timing = try await packetTiming(of: file.path, stream: stream.index)
        var findings: [Finding] = []
        try Completeness.check(stream, probe, timing, path: path)
        let hdr =
            stream.colorTransfer == "smpte2084"
            ? try await HDRReading(runner: runner, limits: Self.limits).read(stream, of: file.path)
            : HDRReading.Result()
        let picture = PictureReading(
            stream: stream, timing: timing, path: path, fileStart: Self.seconds(probe.format?.startTime),
            hdr: hdr.metadata,
            interlaced: reading.interlaced)
        try picture.checkLight()
        try DolbyVision.check(stream, path: path, &findings)
        let video = try await cropped(try picture.decide(&findings), of: file.path, &findings)
        return SourceInfo(
            container: probe.format?.formatName ?? "unknown", bytes: file.bytes,
            durationSeconds: probe.format?.duration.flatMap(Double.init), video: video,
            audio: audioStreams(of: probe, timing: timing, videoStart: Self.seconds(stream.startTime)),
            findings: findings, carriesHDR10Plus: hdr.carriesHDR10Plus)
    }

    private func cropped(
        _ video: VideoStreamInfo, of path: String, _ findings: inout [Finding]
    ) async throws -> VideoStreamInfo {
        switch reading.crop {
        case .none: return video
        case .rectangle(let rectangle): return try video.cropped(to: rectangle, path: path)
        case .bars:
            guard let kept = try await BarDetection(runner: runner, limits: Self.limits).detect(video, of: path) else {
                return video
            }
            findings.append(
                Finding(
                    "source.cropped", .info,
                    "black bars are cut off: \(kept.size) of \(video.display), from \(kept.x):\(kept.y)",
                    place: Finding.Place(stream: String(video.stream)),
                    remedy: "nothing; --crop none keeps them, --crop W:H:X:Y says what to keep"))
            return try video.cropped(to: kept, path: path)
        }
    }

    private func probe(_ path: String) async throws -> ProbeOutput {
        let arguments =
            ["-v", "error", "-of", "json", "-show_format", "-show_streams"] + FFmpegCommand.input(path)
        let command = ToolCommand(.ffprobe, arguments, limits: Self.limits, subject: path.printable)
        do {
            let data = try await runner.collect(command, limit: 16 << 20)
            return try JSONDecoder().decode(ProbeOutput.self, from: data)
        } catch let failure as Failure where failure.status == .failed || failure.status == .temporary {
            throw SourceFile.refuse(
                "is not media that FFmpeg can read", path,
                "export or copy it again; a file cut off while copying loses its index", detail: failure.detail)
        } catch is DecodingError {
            throw SourceFile.refuse("has a header that cannot be understood", path, "export the file again")
        }
    }

    private func pictureStream(of probe: ProbeOutput, _ path: String) throws(Failure) -> ProbeOutput.Stream {
        let video = (probe.streams ?? []).filter { $0.codecType == "video" && !$0.isPicture }
        if let stream = video.first(where: \.isDefault) ?? video.first { return stream }
        let hasSound = probe.streams?.contains { $0.codecType == "audio" } ?? false
        throw SourceFile.refuse(
            hasSound ? "has sound but no picture track" : "has no picture track", path,
            "mezz encodes video; name a file with a picture")
    }

    private func packetTiming(of path: String, stream: Int) async throws -> PacketTiming {
        let arguments =
            ["-v", "error", "-of", "csv=p=0", "-show_entries", "packet=stream_index,pts_time,duration_time"]
            + FFmpegCommand.input(path)
        var lines = PacketLines(videoStream: stream)
        let command = ToolCommand(.ffprobe, arguments, limits: Self.limits, subject: path.printable)
        try await runner.run(command) { lines.append($0) }
        return lines.finish()
    }

    private func audioStreams(
        of probe: ProbeOutput, timing: PacketTiming, videoStart: Double
    ) -> [AudioStreamInfo] {
        (probe.streams ?? []).filter { $0.codecType == "audio" && ($0.channels ?? 0) > 0 && $0.codecName != nil }
            .map { stream in
                AudioStreamInfo(
                    stream: stream.index, codec: stream.codecName ?? "unknown", channels: stream.channels ?? 0,
                    layout: stream.channelLayout, sampleRate: Int(stream.sampleRate ?? "") ?? 48000,
                    language: stream.language, startSeconds: Self.seconds(stream.startTime) - videoStart,
                    role: AudioRole(dispositions: stream.disposition ?? [:]), isDefault: stream.isDefault,
                    title: stream.title)
            }
    }

    static func seconds(_ text: String?) -> Double { text.flatMap(PacketTiming.seconds) ?? 0 }
}
