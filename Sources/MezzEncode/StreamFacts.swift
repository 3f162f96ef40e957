import Foundation
package import MezzCore
package import MezzMedia

/// Profile and level as the bitstream states them.
package struct StreamFacts: Sendable, Hashable {
    package let profile: String
    package let level: String

    package static func read(_ file: String, codec: CodecFamily, runner: ToolRunner) async throws -> StreamFacts {
        let arguments =
            ["-v", "error", "-of", "json", "-select_streams", "v:0", "-show_entries", "stream=profile,level"]
            + FFmpegCommand.input(file)
        let data = try await runner.collect(ToolCommand(.ffprobe, arguments, subject: file.printable), limit: 1 << 20)
        let stream = try JSONDecoder().decode(Output.self, from: data).streams.first
        return StreamFacts(
            profile: stream?.profile ?? "unknown", level: stream?.level.map { text($0, codec) } ?? "unknown")
    }

    private struct Output: Decodable {
        let streams: [Stream]
        struct Stream: Decodable {
            let profile: String?
            let level: Int?
        }
    }

    /// AVC writes ten times the level, HEVC thirty times; AV1 counts from 2.0 in quarters (`seq_level_idx`).
    static func text(_ level: Int, _ codec: CodecFamily) -> String {
        switch codec {
        case .avc: level == 9 ? "1b" : "\(level / 10).\(level % 10)"
        case .hevc: "\(level / 30).\(level % 30 / 3)"
        case .av1: "\(2 + level / 4).\(level % 4)"
        }
    }
}
