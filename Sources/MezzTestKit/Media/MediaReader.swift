import Foundation

/// Reads media as a player does, with FFmpeg's tools and none of mezz's own code.
package struct MediaReader: Sendable {
    private let maker: MediaMaker
    private let folder: TestFolder

    package init(in folder: TestFolder) throws {
        maker = try MediaMaker(in: folder)
        self.folder = folder
    }

    /// A picture track's packets in display order.
    package struct Picture: Sendable, Hashable {
        package let frames: Int
        /// Numbers of the key frames.
        package let keyFrames: [Int]
        package let endSeconds: Double
    }

    package func picture(_ path: String) async throws -> Picture {
        let packets = try await packets(path, "v:0").sorted { $0.start < $1.start }
        return Picture(
            frames: packets.count, keyFrames: packets.indices.filter { packets[$0].isKey },
            endSeconds: packets.map(\.end).max() ?? 0)
    }

    /// When the last sample of a sound track ends.
    package func soundEnd(_ path: String) async throws -> Double {
        try await packets(path, "a:0").map(\.end).max() ?? 0
    }

    /// Frames that come out of a complete decode.
    package func decodedFrames(_ path: String) async throws -> Int {
        // By FFmpeg and not ffprobe: the one that the tools come with has no AV1 decoder.
        let end = try await maker.ffmpeg(
            ["-v", "error", "-i", "file:" + path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framecrc", "-"])
        guard end.status == 0 else { throw MediaMaker.Failed(description: "no decode of \(path): \(end.errorText)") }
        return end.text.split(separator: "\n").count { !$0.hasPrefix("#") }
    }

    /// Integrated loudness in LKFS and true peak in dBTP, by FFmpeg's meter.
    package func loudness(_ path: String) async throws -> (integrated: Double, truePeak: Double) {
        let end = try await maker.ffmpeg(
            [
                "-nostats", "-i", "file:" + path, "-map", "0:a:0", "-af", "ebur128=peak=true:framelog=quiet", "-f",
                "null", "-",
            ])
        func value(_ name: String) -> Double? {
            let lines = end.errorText.split(separator: "\n").map { $0.split(separator: " ") }
            return lines.last { $0.first == Substring(name) }.flatMap { $0.count > 1 ? Double($0[1]) : nil }
        }
        guard end.status == 0, let integrated = value("I:"), let peak = value("Peak:") else {
            throw MediaMaker.Failed(description: "no loudness of \(path): \(end.errorText)")
        }
        return (integrated, peak)
    }

    /// The mean colour over all frames as a screen shows it: red, green and blue, 0…255.
    package func meanColor(_ path: String) async throws -> [Double] {
        let filters = "scale=64:64:flags=area:out_range=full,format=rgb24"
        let end = try await maker.ffmpeg(
            ["-v", "error", "-i", "file:" + path, "-map", "0:v:0", "-vf", filters, "-f", "rawvideo", "-"])
        guard end.status == 0, !end.output.isEmpty else {
            throw MediaMaker.Failed(description: "no picture in \(path): \(end.errorText)")
        }
        var sums = [0, 0, 0]
        end.output.withUnsafeBytes { bytes in
            for (offset, byte) in bytes.enumerated() { sums[offset % 3] += Int(byte) }
        }
        return sums.map { Double($0) / Double(end.output.count / 3) }
    }

    private struct Packet {
        let start: Double
        let end: Double
        let isKey: Bool
    }

    private func packets(_ path: String, _ stream: String) async throws -> [Packet] {
        let end = try await maker.ffprobe(
            ["-select_streams", stream, "-of", "csv=p=0", "-show_entries", "packet=pts_time,duration_time,flags"], path)
        return end.text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count >= 3, let start = Double(fields[0]) else { return nil }
            return Packet(start: start, end: start + (Double(fields[1]) ?? 0), isKey: fields[2].hasPrefix("K"))
        }
    }
}
