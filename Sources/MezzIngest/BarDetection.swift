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
    /// How many of the frames that are not black reach a bar: a picture in bars does, text on black does not.
    private static let leastShare = 0.25
    /// How far from the bar a frame's picture may end and still reach it.
    private static let reach = 2

    /// - Returns: What is left without the bars; `nil` when there are none, or nothing but black was seen.
    func detect(_ video: VideoStreamInfo, of path: String) async throws -> CropRectangle? {
        let seconds = video.frameRate.seconds(ofFrame: video.expectedFrames)
        var found: [CropRectangle] = []
        for place in 0..<Self.places {
            found += try await boxes(
                video, at: seconds * (Double(place) + 0.5) / Double(Self.places), of: path)
        }
        return Self.kept(found, of: video.display)
    }

    /// What all boxes lie in, without the bars that enough of them reach; `nil` when there are none.
    static func kept(_ boxes: [CropRectangle], of display: Resolution) -> CropRectangle? {
        func bar(_ width: (CropRectangle) -> Int) -> Int {
            let widths = boxes.map(width)
            guard let least = widths.min(), least >= thinnest else { return 0 }
            let reaching = widths.count { $0 <= least + reach }
            return Double(reaching) >= leastShare * Double(widths.count) ? least : 0
        }
        let (left, top) = (bar(\.x), bar(\.y))
        let right = bar { display.width - $0.x - $0.size.width }
        let bottom = bar { display.height - $0.y - $0.size.height }
        guard max(left, top, right, bottom) > 0 else { return nil }
        let size = Resolution(width: display.width - left - right, height: display.height - top - bottom)
        return CropRectangle(size: size, x: left, y: top)
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
