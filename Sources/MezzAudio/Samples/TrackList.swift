import Foundation
import MezzCore
package import MezzMedia

/// The sound tracks of a file, with or without a picture.
package struct TrackList: Sendable {
    /// One sound track as its container declares it.
    package struct Track: Hashable, Sendable {
        /// Stream index in the container.
        package let stream: Int
        package let codec: String
        package let channels: Int
        /// FFmpeg's name of the layout; `nil` when there is none.
        package let layout: String?
        /// As the container has it; "und" when unknown.
        package let language: String
    }

    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    private static let limits = ProcessLimits(cpuSeconds: 600, memoryBytes: 8 << 30, stallSeconds: 120)

    /// - Throws: `Failure` with `input` when the file is no media or has no sound.
    package func read(_ path: String) async throws -> [Track] {
        let arguments =
            ["-v", "error", "-of", "json", "-select_streams", "a", "-show_entries"]
            + ["stream=index,codec_name,channels,channel_layout:stream_tags=language"] + FFmpegCommand.input(path)
        let command = ToolCommand(.ffprobe, arguments, limits: Self.limits, subject: path.printable)
        let streams: [Probe.Stream]
        do {
            let data = try await runner.collect(command, limit: 16 << 20)
            streams = try JSONDecoder().decode(Probe.self, from: data).streams ?? []
        } catch let failure as Failure where failure.status == .failed || failure.status == .temporary {
            throw Failure(
                .input, what: "is not media that FFmpeg can read", place: path.printable,
                remedy: "export or copy it again", detail: failure.detail)
        }
        let tracks = streams.filter { ($0.channels ?? 0) > 0 && $0.codecName != nil }.map { stream in
            Track(
                stream: stream.index, codec: stream.codecName ?? "unknown", channels: stream.channels ?? 0,
                layout: stream.channelLayout, language: stream.tags?["language"] ?? "und")
        }
        guard !tracks.isEmpty else {
            throw Failure(.input, what: "has no sound track", place: path.printable, remedy: "name a file with sound")
        }
        return tracks
    }

    private struct Probe: Decodable {
        struct Stream: Decodable {
            let index: Int
            let codecName: String?
            let channels: Int?
            let channelLayout: String?
            let tags: [String: String]?

            private enum CodingKeys: String, CodingKey {
                case index, channels, tags
                case codecName = "codec_name"
                case channelLayout = "channel_layout"
            }
        }

        let streams: [Stream]?
    }
}
