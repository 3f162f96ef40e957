import Foundation
import MezzCore
import MezzMedia

extension StreamDecoders {
    /// A decoder that is a program of its own.
    struct Program {
        let decoder: DecodedStream.Decoder
        /// As distributions call it.
        let names: [String]
        /// The bytes that it reads, as FFmpeg names them.
        let format: String
        /// Before the name of the file that it reads.
        let arguments: [String]
        /// Words before the number of pictures in what it says at its end.
        let mark: String
        /// Whether it prints the sum of its pictures; else it writes them into `raw`.
        let isSumming: Bool

        /// `nil` for FFmpeg's decoders.
        init?(_ decoder: DecodedStream.Decoder) {
            self.decoder = decoder
            switch decoder {
            case .dec265:
                // Without threads of its own, version 1.0.11 damages the last picture before a change of size.
                (names, format) = (["dec265", "libde265-dec265"], "hevc")
                (arguments, mark, isSumming) = (["-q", "-t", "2", "-o", Self.raw], "nFrames decoded: ", false)
            case .dav1d:
                (names, format) = (["dav1d"], "ivf")
                arguments = ["--muxer", "md5", "-o", "-", "--filmgrain", "1", "-i"]
                (mark, isSumming) = ("Decoded ", true)
            case .h264, .hevc, .libopenh264, .libdav1d, .libaom: return nil
            }
        }
    }

    /// Longest time that a program may take, in seconds.
    private static let patience = 600.0

    /// - Returns: `nil` when the program is not on this machine.
    func run(_ program: Program, _ file: String, _ folder: String) async throws -> DecodedStream? {
        guard let name = program.names.first(where: { programs.locate($0) != nil }) else { return nil }
        let bytes = "second." + program.format
        defer {
            for name in [bytes, Program.raw] { try? FileManager.default.removeItem(atPath: folder + "/" + name) }
        }
        let answer: ClientAnswer
        do {
            try await copy(file, into: bytes, as: program.format, in: folder)
            let arguments = program.arguments.map { $0 == Program.raw ? folder + "/" + $0 : $0 }
            answer = try await programs.run(
                ClientCommand(name, arguments + [folder + "/" + bytes], seconds: Self.patience))
        } catch let failure as Failure {
            // What hangs, or cannot be handed over, has failed on this stream; the others go on.
            return DecodedStream(program.decoder, failure: failure.cause)
        }
        let count = Self.count(after: program.mark, in: answer.errorTail.joined(separator: "\n"))
        guard answer.succeeded, let count, count > 0 else {
            let words = answer.errorTail.last { !$0.contains(program.mark) }
            return DecodedStream(program.decoder, failure: words)
        }
        guard let pictures = try await sum(program, printed: answer.output, in: folder) else {
            return DecodedStream(program.decoder, failure: "it made no pictures that can be summed")
        }
        return DecodedStream(program.decoder, frames: count, pictures: pictures)
    }

    /// The pictures' MD5 sum; `nil` where there is none.
    private func sum(_ program: Program, printed: Data, in folder: String) async throws -> String? {
        guard program.isSumming else { return try await sum(of: Program.raw, in: folder) }
        let digits = String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return digits.count == 32 && digits.allSatisfy(\.isHexDigit) ? digits : nil
    }

    /// Takes the video out of its container.
    private func copy(_ file: String, into bytes: String, as format: String, in folder: String) async throws {
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(file) + ["-map", "0:v:0", "-c", "copy", "-f", format, bytes]
        try await runner.run(ToolCommand(.ffmpeg, arguments, workingDirectory: folder, subject: file))
    }

    /// The number that follows the last `mark`.
    private static func count(after mark: String, in text: String) -> Int? {
        guard let place = text.range(of: mark, options: .backwards) else { return nil }
        return Int(text[place.upperBound...].prefix(while: \.isNumber))
    }
}

extension StreamDecoders.Program {
    /// Name of the file of pictures.
    static let raw = "second.yuv"
}
