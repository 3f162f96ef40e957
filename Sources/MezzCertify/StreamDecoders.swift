import Foundation
import MezzCore
package import MezzMedia

/// Decodes a stream with every decoder at hand: libavcodec's own first, then others that share no code with it.
package struct StreamDecoders: Sendable {
    let runner: ToolRunner
    let programs: ClientRunner
    /// Names of all decoders that FFmpeg holds.
    private let inside: Set<String>

    /// Asks FFmpeg what it holds.
    /// - Parameter programs: Where decoders are looked for that FFmpeg does not hold.
    /// - Throws: `Failure` when FFmpeg is missing or does not answer.
    package static func find(runner: ToolRunner, programs: ClientRunner) async throws -> StreamDecoders {
        let table = try await runner.collect(
            ToolCommand(.ffmpeg, ["-hide_banner", "-nostdin", "-decoders"], subject: "decoders"))
        // " V....D name  what it is"
        let names = String(decoding: table, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.split(separator: " ").dropFirst().first.map(String.init)
        }
        return StreamDecoders(runner: runner, programs: programs, inside: Set(names))
    }

    /// - Parameter folder: Where `stream` lies, and where a decoder may write.
    /// - Returns: One result a decoder; a decoder that is not on this machine has none.
    package func decode(
        _ stream: CertificationStream, level: CertificationLevel, in folder: String
    ) async throws -> [DecodedStream] {
        var results: [DecodedStream] = []
        for decoder in Self.candidates(level.codec) {
            var result: DecodedStream?
            if let program = Program(decoder) {
                result = try await run(program, stream.file, folder)
            } else if inside.contains(decoder.rawValue) {
                result = try await ffmpeg(decoder, stream.file, folder)
            }
            guard var result else { continue }
            result.limit = DecoderLimit.met(by: stream, level, of: decoder)
            results.append(result)
        }
        return results
    }

    private static func candidates(_ codec: CodecFamily) -> [DecodedStream.Decoder] {
        switch codec {
        case .avc: [.h264, .libopenh264]
        case .hevc: [.hevc, .dec265]
        case .av1: [.libdav1d, .libaom, .dav1d]
        }
    }
}
