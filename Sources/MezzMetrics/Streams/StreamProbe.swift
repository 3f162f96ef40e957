import Foundation
import MezzCore
package import MezzMedia
import MezzPixels

/// Asks ffprobe what a file's picture track is. It decides less than inspection does: whatever decodes can be compared.
package struct StreamProbe: Sendable {
    private let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// Hostile containers try to exhaust the demuxer.
    private static let limits = ProcessLimits(cpuSeconds: 600, memoryBytes: 8 << 30, stallSeconds: 120)
    /// What FFmpeg takes a text file for by the ending of its name: it would draw the letters.
    private static let textFormats: Set<String> = ["tty", "bin", "xbin", "adf", "idf"]
    /// Longest side that pictures in memory may have.
    private static let longestSide = 32_768

    /// - Throws: `Failure` (`input`) when the file is no media or has no picture.
    package func source(_ path: String) async throws -> StreamSource {
        let answer = try await ask(path, ["-show_format", "-show_streams"])
        guard !Self.textFormats.contains(answer.format?.name ?? "") else {
            throw refuse("is text, not media", path, "name a file with a picture")
        }
        let tracks = (answer.streams ?? []).filter { $0.type == "video" && $0.disposition?["attached_pic"] != 1 }
        guard let track = tracks.first(where: { $0.disposition?["default"] == 1 }) ?? tracks.first else {
            let hasSound = answer.streams?.contains { $0.type == "audio" } ?? false
            throw refuse(
                hasSound ? "has sound but no picture track" : "has no picture track", path, "name a file with a picture"
            )
        }
        var frames = track.declaredFrames
        if frames == nil { frames = try await packets(path, track.index) }
        return try source(path, track, frames)
    }

    private func source(_ path: String, _ track: Answer.Stream, _ frames: Int?) throws(Failure) -> StreamSource {
        guard let pixelFormat = track.pixelFormat, let codec = track.codec, codec != "none" else {
            throw refuse("its picture cannot be decoded by FFmpeg", path, "export to a codec that FFmpeg decodes")
        }
        var (width, height) = (track.width ?? 0, track.height ?? 0)
        if track.isTurned { swap(&width, &height) }
        guard width > 0, height > 0, max(width, height) <= Self.longestSide,
            let format = PictureFormat.nearest(to: pixelFormat, width: width, height: height)
        else { throw refuse("declares a picture of \(width)x\(height)", path, "export the file again") }
        return StreamSource(
            path: path, container: .media(stream: track.index), format: format, pixelFormat: pixelFormat,
            color: track.color, frameRate: track.frameRate, expectedFrames: frames)
    }

    /// Packets of the track: its frames in all but odd files.
    private func packets(_ path: String, _ stream: Int) async throws -> Int? {
        let options = ["-count_packets", "-select_streams", String(stream), "-show_streams"]
        return try await ask(path, options).streams?.first?.countedPackets.flatMap { $0 > 0 ? $0 : nil }
    }

    private func ask(_ path: String, _ options: [String]) async throws -> Answer {
        let arguments = ["-v", "error", "-of", "json"] + options + FFmpegCommand.input(path)
        let command = ToolCommand(.ffprobe, arguments, limits: Self.limits, subject: path.printable)
        do {
            return try JSONDecoder().decode(Answer.self, from: try await runner.collect(command, limit: 16 << 20))
        } catch let failure as Failure where failure.status == .failed || failure.status == .temporary {
            throw refuse(
                "is not media that FFmpeg can read", path,
                "copy or export it again; a raw file needs --size and --pixel-format", detail: failure.detail)
        } catch is DecodingError {
            throw refuse("has a header that cannot be understood", path, "export the file again")
        }
    }

    private func refuse(_ what: String, _ path: String, _ remedy: String, detail: String = "") -> Failure {
        Failure(.input, what: what, place: path.printable, remedy: remedy, detail: detail)
    }
}

/// The part of ffprobe's JSON that is read.
private struct Answer: Decodable {
    let streams: [Stream]?
    let format: Format?

    struct Format: Decodable {
        let name: String?

        private enum CodingKeys: String, CodingKey { case name = "format_name" }
    }

    struct Stream: Decodable {
        let index: Int
        let type: String?
        let codec: String?
        let width: Int?
        let height: Int?
        let pixelFormat: String?
        let averageRate: String?
        let nominalRate: String?
        let range: String?
        let matrix: String?
        let transfer: String?
        let primaries: String?
        let frames: String?
        let packets: String?
        let disposition: [String: Int]?
        let sideData: [SideData]?

        private enum CodingKeys: String, CodingKey {
            case index, width, height, disposition
            case type = "codec_type"
            case codec = "codec_name"
            case pixelFormat = "pix_fmt"
            case averageRate = "avg_frame_rate"
            case nominalRate = "r_frame_rate"
            case range = "color_range"
            case matrix = "color_space"
            case transfer = "color_transfer"
            case primaries = "color_primaries"
            case frames = "nb_frames"
            case packets = "nb_read_packets"
            case sideData = "side_data_list"
        }
    }

    struct SideData: Decodable {
        let rotation: Double?
    }
}

extension Answer.Stream {
    var declaredFrames: Int? { frames.flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } }
    var countedPackets: Int? { packets.flatMap(Int.init) }

    var frameRate: Rational? {
        [averageRate, nominalRate].compactMap { $0.flatMap(Rational.init(text:)) }.first { $0.value > 0.01 }
    }

    /// FFmpeg turns such pictures upright: their sides change places.
    var isTurned: Bool {
        let degrees = sideData?.compactMap(\.rotation).first ?? 0
        return degrees.isFinite && abs((degrees / 90).truncatingRemainder(dividingBy: 2)).rounded() == 1
    }

    var color: ColorDescription {
        func known(_ value: String?) -> String? { value == "unknown" || value == "reserved" ? nil : value }
        return ColorDescription(
            primaries: known(primaries), transfer: known(transfer), matrix: known(matrix), range: known(range))
    }
}
