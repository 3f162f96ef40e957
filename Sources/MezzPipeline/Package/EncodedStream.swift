import Foundation
import MezzCore
import MezzMedia

/// One stream of a file with finished encodes, as its container declares it.
struct EncodedStream: Sendable {
    enum Kind: Sendable {
        case video(CodecFamily, Resolution)
        case audio(codec: String, channels: Int, role: AudioRole)
    }

    let input: PackageInput
    /// Its number in the file.
    let number: Int
    let kind: Kind
    let language: String
    let title: String?
    let isDefault: Bool
    /// Whether the file holds nothing else and is an MP4: the packager can read it as it is.
    let isAlone: Bool

    var isVideo: Bool {
        if case .video = kind { return true }
        return false
    }
}

/// Looks into files with finished encodes.
struct EncodedStreamList {
    let runner: ToolRunner

    private static let limits = ProcessLimits(cpuSeconds: 600, memoryBytes: 8 << 30, stallSeconds: 120)
    /// Codecs of sound that the packager puts into MP4, by FFmpeg's names.
    private static let sounds: Set<String> = ["aac", "ac3", "eac3", "opus", "flac"]

    private struct Probe: Decodable {
        struct Stream: Decodable {
            let index: Int
            let codecType: String?
            let codecName: String?
            let width: Int?
            let height: Int?
            let channels: Int?
            let disposition: [String: Int]?
            let tags: [String: String]?

            private enum CodingKeys: String, CodingKey {
                case index, width, height, channels, disposition, tags
                case codecType = "codec_type"
                case codecName = "codec_name"
            }
        }

        struct Format: Decodable {
            let formatName: String?

            private enum CodingKeys: String, CodingKey { case formatName = "format_name" }
        }

        let streams: [Stream]?
        let format: Format?
    }

    /// - Throws: `Failure` (`input`) for what is no media and for codecs that cannot be packaged.
    func read(_ input: PackageInput) async throws -> [EncodedStream] {
        let arguments =
            ["-v", "error", "-of", "json", "-show_streams", "-show_format"] + FFmpegCommand.input(input.path)
        let command = ToolCommand(.ffprobe, arguments, limits: Self.limits, subject: input.path.printable)
        let probe: Probe
        do {
            probe = try JSONDecoder().decode(Probe.self, from: try await runner.collect(command, limit: 16 << 20))
        } catch let failure as Failure where failure.status == .failed || failure.status == .temporary {
            throw Failure(
                .input, what: "is not media that FFmpeg can read", place: input.path.printable,
                remedy: "export or copy it again", detail: failure.detail)
        }
        let media = (probe.streams ?? []).filter { stream in
            ["video", "audio"].contains(stream.codecType ?? "") && stream.disposition?["attached_pic"] != 1
        }
        guard !media.isEmpty else {
            throw Failure(
                .input, what: "has neither picture nor sound", place: input.path.printable,
                remedy: "name files with finished encodes")
        }
        let isMP4 = probe.format?.formatName?.contains("mp4") == true
        let isAlone = isMP4 && media.count == 1 && probe.streams?.count == 1
        var streams: [EncodedStream] = []
        for stream in media { streams.append(try describe(stream, input, isAlone)) }
        return streams
    }

    private func describe(
        _ stream: Probe.Stream, _ input: PackageInput, _ isAlone: Bool
    ) throws(Failure) -> EncodedStream {
        EncodedStream(
            input: input, number: stream.index, kind: try kind(stream, input),
            language: input.language ?? stream.tags?["language"] ?? "und",
            title: input.name ?? stream.tags?["title"], isDefault: input.isDefault, isAlone: isAlone)
    }

    private func kind(_ stream: Probe.Stream, _ input: PackageInput) throws(Failure) -> EncodedStream.Kind {
        let codec = stream.codecName ?? "unknown"
        if stream.codecType == "audio", Self.sounds.contains(codec), let channels = stream.channels, channels > 0 {
            return .audio(
                codec: codec, channels: channels, role: input.role ?? AudioRole(dispositions: stream.disposition ?? [:])
            )
        }
        let families: [String: CodecFamily] = ["h264": .avc, "hevc": .hevc, "av1": .av1]
        if let family = families[codec], let width = stream.width, let height = stream.height {
            return .video(family, Resolution(width: width, height: height))
        }
        throw Failure(
            .input, what: "stream \(stream.index) is \(codec.printable), which is not packaged",
            place: input.path.printable,
            remedy: "packaged are AVC, HEVC, AV1, AAC, AC-3, E-AC-3, Opus and FLAC; mezz encode makes them")
    }
}
