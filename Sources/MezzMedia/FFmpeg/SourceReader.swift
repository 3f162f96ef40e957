package import MezzCore

/// How a run of source frames is reached.
package enum SourceSeek: String, Codable, Sendable, Hashable {
    /// Jump to the key frame before the range, by the container's index.
    case container
    /// Decode from the beginning: always right, for containers that cannot seek exactly.
    case beginning
}

/// Writes the FFmpeg arguments that deliver exactly the frames of a range, counted by index. The caller proves the
/// result against the frame index: nothing here is trusted to have hit the right frame.
package struct SourceReader: Sendable, Hashable {
    package let path: String
    package let video: VideoStreamInfo
    package let seek: SourceSeek

    package init(path: String, video: VideoStreamInfo, seek: SourceSeek) {
        self.path = path
        self.video = video
        self.seek = seek
    }

    /// Seconds read ahead of the range for filters that look back.
    package static let lookBackSeconds = 2.0

    /// Input arguments for `range`, to be followed by a filter graph that begins with `filters(for:)`.
    package func input(for range: FrameRange) -> [String] {
        FFmpegCommand.input(path, options: seekArguments(for: range))
    }

    /// The filters, in order, that turn the decoded stream into the frames of `range`, numbered from 0 by PTS in a
    /// time base of one frame.
    package func filters(for range: FrameRange) -> [String] {
        var filters = video.filters
        let end = range.count
        if !isSought(range) {
            filters.append("trim=start_frame=\(range.first):end_frame=\(range.end)")
        } else if video.filtersLookBack {
            // The clock is the file's own (-copyts), so a frame is recognised by its time and not by how far the
            // container jumped.
            filters.append("trim=start=\(Self.text(time(before: range.first)))")
            filters.append("trim=end_frame=\(end)")
        } else {
            filters.append("trim=end_frame=\(end)")
        }
        let frame = "\(video.frameRate.denominator)/\(video.frameRate.numerator)"
        filters.append("settb=\(frame)")
        filters.append("setpts=N")
        return filters
    }

    /// Stream specifier of the picture in a filter graph, for input number `input`.
    package func label(input: Int) -> String { "[\(input):\(video.stream)]" }

    private func isSought(_ range: FrameRange) -> Bool { seek == .container && range.first > 0 }

    private func seekArguments(for range: FrameRange) -> [String] {
        guard isSought(range) else { return [] }
        guard video.filtersLookBack else { return ["-ss", Self.text(time(before: range.first))] }
        let start = max(0, time(before: range.first) - Self.lookBackSeconds)
        return ["-copyts", "-start_at_zero", "-ss", Self.text(start)]
    }

    /// A time between frame `frame - 1` and `frame`: a seek that drops everything earlier keeps exactly `frame`.
    /// FFmpeg rounds it to the stream's clock, which may tick once a frame: so it lies nearer to `frame`.
    private func time(before frame: Int) -> Double {
        video.firstFrameSeconds + (video.frameRate.seconds(ofFrame: 8 * frame - 3) / 8)
    }

    private static func text(_ seconds: Double) -> String {
        let micros = Int64((max(0, seconds) * 1_000_000).rounded())
        let fraction = String(micros % 1_000_000)
        return "\(micros / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
    }
}
