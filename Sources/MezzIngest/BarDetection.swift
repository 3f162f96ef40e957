import Foundation
import MezzCore
import MezzMedia

/// Finds black bars that stay all through a title, from frames spread over it.
struct BarDetection {
    let runner: ToolRunner
    let limits: ProcessLimits

    /// Places that are looked at, and frames at each: a title whose picture has not reached its edges in any of them has
    /// bars.
    private static let places = 16
    private static let frames = 4
    /// Part of full scale up to which a line counts as black: video's black (16 of 255) and noise.
    private static let blackLevel = "0.1"
    /// Bars of less are an edge.
    private static let thinnest = 4

    /// - Returns: What is left without the bars; `nil` when there are none, or nothing but black was seen.
    func detect(_ video: VideoStreamInfo, of path: String) async throws -> CropRectangle? {
        let seconds = video.frameRate.seconds(ofFrame: video.expectedFrames)
        var found: CropRectangle?
        for place in 0..<Self.places {
            let time = seconds * (Double(place) + 0.5) / Double(Self.places)
            for box in try await boxes(video, at: time, of: path) { found = found?.union(box) ?? box }
        }
        guard let kept = found else { return nil }
        let bars = [
            kept.x, kept.y, video.display.width - kept.x - kept.size.width,
            video.display.height - kept.y - kept.size.height,
        ]
        return bars.contains { $0 >= Self.thinnest } ? kept : nil
    }

    private func boxes(_ video: VideoStreamInfo, at seconds: Double, of path: String) async throws -> [CropRectangle] {
        let micros = Int((max(0, seconds) * 1_000_000).rounded())
        let filters =
            video.filters + ["cropdetect=limit=\(Self.blackLevel):round=2:skip=0:reset=1", "metadata=print:file=-"]
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(path, options: ["-ss", "\(micros)us"])
            + [
                "-map", "0:\(video.stream)", "-vf", filters.joined(separator: ","), "-frames:v", String(Self.frames),
                "-f", "null", "pipe:2",
            ]
        let command = ToolCommand(.ffmpeg, arguments, limits: limits, subject: path.printable)
        return Self.read(String(decoding: try await runner.collect(command, limit: 1 << 20), as: UTF8.self))
    }

    /// The boxes that FFmpeg's filter prints; a frame without anything but black has none.
    static func read(_ text: String) -> [CropRectangle] {
        var boxes: [CropRectangle] = []
        var values: [Substring: Int] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("lavfi.cropdetect.") {
            let parts = line.dropFirst("lavfi.cropdetect.".count).split(separator: "=")
            guard parts.count == 2, let value = Int(parts[1]) else { continue }
            values[parts[0]] = value
            guard let x1 = values["x1"], let x2 = values["x2"], let y1 = values["y1"], let y2 = values["y2"] else {
                continue
            }
            values = [:]
            guard x2 > x1, y2 > y1, x1 >= 0, y1 >= 0 else { continue }
            // Outwards to even places.
            let (left, top) = (x1 & ~1, y1 & ~1)
            let size = Resolution(width: ((x2 + 2) & ~1) - left, height: ((y2 + 2) & ~1) - top)
            if let box = CropRectangle(size: size, x: left, y: top) { boxes.append(box) }
        }
        return boxes
    }
}
