import Foundation
import MezzMedia

extension StreamDecoders {
    private static let sumFile = "pictures.md5"

    /// Decodes with one of FFmpeg's decoders: a line a picture, and one sum of all.
    func ffmpeg(_ decoder: DecodedStream.Decoder, _ file: String, _ folder: String) async throws -> DecodedStream {
        // libavcodec compares the sums that HEVC's pictures carry, when it is asked to.
        let checks = decoder == .hevc ? ["-err_detect", "+crccheck+explode"] : []
        let arguments =
            FFmpegCommand.preamble
            + FFmpegCommand.input(file, options: ["-xerror", "-c:v", decoder.rawValue] + checks)
            + Self.output("framemd5", to: "-") + Self.output("hash", options: ["-hash", "md5"], to: Self.sumFile)
        let path = folder + "/" + Self.sumFile
        defer { try? FileManager.default.removeItem(atPath: path) }
        var output = Data()
        let result = try await runner.attempt(
            ToolCommand(.ffmpeg, arguments, workingDirectory: folder, subject: file)
        ) { output.append(contentsOf: $0) }
        guard result.succeeded, let sum = FileManager.default.contents(atPath: path).flatMap(Self.sum) else {
            return DecodedStream(decoder, failure: result.errorTail.first.map(ToolWords.plain))
        }
        let pictures = String(decoding: output, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
        return DecodedStream(decoder, frames: pictures.count, pictures: sum)
    }

    /// Pictures keep their own number and size: what FFmpeg adds behind a decoder would hide what it does.
    private static func output(_ format: String, options: [String] = [], to name: String) -> [String] {
        ["-map", "0:v:0", "-noautoscale", "-fps_mode", "passthrough", "-c:v", "rawvideo", "-f", format] + options
            + [name]
    }

    /// The sum of a file's bytes.
    func sum(of file: String, in folder: String) async throws -> String? {
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(file, options: ["-f", "data"])
            + ["-map", "0", "-c", "copy", "-f", "hash", "-hash", "md5", "-"]
        return Self.sum(
            try await runner.collect(ToolCommand(.ffmpeg, arguments, workingDirectory: folder, subject: file)))
    }

    /// "MD5=" and the digits.
    private static func sum(_ line: Data) -> String? {
        let parts = String(decoding: line, as: UTF8.self).split(whereSeparator: { $0 == "=" || $0.isWhitespace })
        return parts.count == 2 && parts[0] == "MD5" ? String(parts[1]) : nil
    }
}
