import MezzCore
import MezzMedia
import MezzPixels

/// Writes the FFmpeg call that scores encodes against the source.
///
/// Both sides get the same time base before they are renumbered from 0: with different ones the filter would pair
/// wrong frames without a word.
struct MeasureGraph {
    let request: MeasureRequest
    let reference: SourceReader
    /// Source frames that are read: the range and a neighbour on each side. VMAF's motion feature looks one frame
    /// back and one ahead, in the reference alone; the encode's neighbours are stand-ins.
    let read: FrameRange

    init(request: MeasureRequest, reference: SourceReader, total: Int) {
        self.request = request
        self.reference = reference
        read = request.range.widened(by: 1, limit: total)
    }

    static func logName(_ item: Int) -> String { "vmaf-\(item).json" }

    /// Source frames that will be scored.
    var expectedFrames: [Int] {
        request.range.indices.filter { ($0 - read.first) % request.every == 0 }
    }

    var arguments: [String] {
        var arguments = FFmpegCommand.preamble + reference.input(for: read)
        for item in request.distorted { arguments += input(item) }
        arguments += ["-filter_complex", graph]
        for item in request.distorted.indices {
            arguments += ["-map", "[o\(item)]", "-fps_mode", "passthrough", "-f", "null", "-"]
        }
        return arguments + ["-map", "[prints]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
    }

    private func input(_ item: Distorted) -> [String] {
        let offset = request.range.first - item.firstFrame
        guard offset > 0 else { return FFmpegCommand.input(item.file) }
        let seconds = reference.video.frameRate.seconds(ofFrame: 2 * offset - 1) / 2
        return FFmpegCommand.input(item.file, options: ["-ss", String(Int((seconds * 1_000_000).rounded())) + "us"])
    }

    /// Thumbnails put out for each frame: the reference's and, when they are wanted, the encodes'.
    var prints: Int { 1 + (request.wantsFingerprints ? request.distorted.count : 0) }

    private var graph: String {
        let count = request.distorted.count
        let splits = (0..<count).map { "[r\($0)]" }.joined()
        let first = request.range.first - read.first
        var parts = [
            reference.label(input: 0) + reference.filters(for: read).joined(separator: ",") + ",split[sight][score]",
            "[score]\(scaledReference),split=\(count)\(splits)",
            "[sight]trim=start_frame=\(first):end_frame=\(first + request.range.count),\(timeBase),setpts=N,"
                + "\(Thumbnail.lumaFilters)[p]",
        ]
        for item in 0..<count { parts += chain(item) }
        let labels = "[p]" + (0..<prints - 1).map { "[p\($0)]" }.joined()
        parts.append(labels + (prints > 1 ? "hstack=inputs=\(prints):shortest=1" : "null") + "[prints]")
        return parts.joined(separator: ";")
    }

    private var timeBase: String {
        "settb=\(reference.video.frameRate.denominator)/\(reference.video.frameRate.numerator)"
    }

    private func chain(_ item: Int) -> [String] {
        let display = request.size ?? reference.video.display
        var parts: [String] = []
        var input = "[\(item + 1):v:0]trim=end_frame=\(request.range.count),\(timeBase),setpts=N"
        if request.wantsFingerprints {
            parts.append(input + ",split[q\(item)][m\(item)]")
            parts.append("[q\(item)]\(Thumbnail.lumaFilters)[p\(item)]")
            input = "[m\(item)]null"
        }
        let before = request.range.first - read.first
        let after = read.end - request.range.end
        let pad = "tpad=start=\(before):start_mode=clone:stop=\(after):stop_mode=clone"
        parts.append(
            input
                + ",scale=\(display.width):\(display.height):flags=bicubic,\(pixels),\(pad),\(timeBase),setpts=N[d\(item)]"
        )
        parts.append(
            "[d\(item)][r\(item)]libvmaf=model=version=\(request.model.rawValue):n_subsample=\(request.every)"
                + ":log_fmt=json:log_path=\(Self.logName(item)):shortest=1[o\(item)]")
        return parts
    }

    /// The scaler stands there for equal sizes too: a bare `format` behind `split` would let FFmpeg convert before the
    /// split, and the thumbnails would no longer be the index's.
    private var scaledReference: String {
        let size = request.size ?? reference.video.display
        return "scale=\(size.width):\(size.height):flags=bicubic,\(pixels)"
    }

    private var pixels: String { "format=" + (request.bitDepth > 8 ? "yuv420p10le" : "yuv420p") }
}
