import MezzCore
import MezzMedia
import MezzPixels

/// Writes the FFmpeg calls that bring the pictures of a measurement: one process for the reference, one for each
/// encode, each with a pipe for the pictures at the size of comparison and a file for the thumbnails.
struct MeasureCommands {
    let request: MeasureRequest
    let reference: SourceReader
    /// Source frames that are read: the range and the neighbours that the motion feature looks at.
    let read: FrameRange

    init(request: MeasureRequest, reference: SourceReader, total: Int, neighbours: (before: Int, after: Int)) {
        self.request = request
        self.reference = reference
        read = FrameRange(
            first: max(0, request.range.first - neighbours.before),
            end: min(total, request.range.end + neighbours.after))
    }

    static let referencePipe = "reference.pipe"
    static let referencePrints = "reference.prints"
    static let mappedPrints = "mapped.prints"
    static func pipe(_ item: Int) -> String { "encode-\(item).pipe" }
    static func prints(_ item: Int) -> String { "encode-\(item).prints" }

    /// What the pipes carry.
    var format: PictureFormat {
        let size = request.size ?? reference.video.display
        return PictureFormat(
            width: size.width, height: size.height, bitDepth: request.bitDepth > 8 ? 10 : 8, chroma: .half)
    }

    /// Whether a frame that is read is scored: one in `every`, counted from the first that is read.
    func isScored(_ frame: Int) -> Bool {
        request.range.contains(frame) && (frame - read.first) % request.every == 0
    }

    var scoredFrames: [Int] { request.range.indices.filter(isScored) }

    var referenceCommand: ToolCommand {
        let first = request.range.first - read.first
        let seen =
            "trim=start_frame=\(first):end_frame=\(first + request.range.count),\(timeBase),setpts=N,"
            + Thumbnail.lumaFilters
        var graph = [
            reference.label(input: 0) + reference.filters(for: read).joined(separator: ",") + ",split[sight][score]",
            "[sight]\(seen)[prints]",
        ]
        var prints = ["[prints]": Self.referencePrints]
        if let map = request.toneMap {
            let mapped = "[score]" + map.filters.joined(separator: ",")
            if request.wantsFingerprints {
                graph += [mapped + ",split[look][picture]", "[look]\(seen)[mapped]", "[picture]\(scaled)[pictures]"]
                prints["[mapped]"] = Self.mappedPrints
            } else {
                graph.append(mapped + ",\(scaled)[pictures]")
            }
        } else {
            graph.append("[score]\(scaled)[pictures]")
        }
        return command(input: reference.input(for: read), graph: graph, pipe: Self.referencePipe, prints: prints)
    }

    func encodeCommand(_ item: Int) -> ToolCommand {
        var graph: [String] = []
        var chain = "[0:v:0]trim=end_frame=\(request.range.count),\(timeBase),setpts=N"
        if request.wantsFingerprints {
            graph = [chain + ",split[sight][score]", "[sight]\(Thumbnail.lumaFilters)[prints]"]
            chain = "[score]null"
        }
        if request.every > 1 {
            // Frames that are not scored need neither be scaled nor carried.
            let before = request.range.first - read.first
            chain += ",select=not(mod(n+\(before)\\,\(request.every)))"
        }
        graph.append(chain + "," + scaled + "[pictures]")
        return command(
            input: encodeInput(item), graph: graph, pipe: Self.pipe(item),
            prints: request.wantsFingerprints ? ["[prints]": Self.prints(item)] : [:])
    }

    private func encodeInput(_ item: Int) -> [String] {
        let encode = request.distorted[item]
        let offset = request.range.first - encode.firstFrame
        guard offset > 0 else { return FFmpegCommand.input(encode.file) }
        let seconds = reference.video.frameRate.seconds(ofFrame: 2 * offset - 1) / 2
        return FFmpegCommand.input(encode.file, options: ["-ss", String(Int((seconds * 1_000_000).rounded())) + "us"])
    }

    /// - Parameter prints: Files of thumbnails by the label in the graph.
    private func command(input: [String], graph: [String], pipe: String, prints: [String: String]) -> ToolCommand {
        // One thread each: as many processes run side by side as there are encodes.
        var arguments = FFmpegCommand.preamble + ["-threads", "1", "-filter_complex_threads", "1"] + input
        arguments += ["-filter_complex", graph.joined(separator: ";")]
        arguments += Self.output("[pictures]", to: pipe)
        for (label, file) in prints.sorted(by: { $0.key < $1.key }) { arguments += Self.output(label, to: file) }
        return ToolCommand(
            .ffmpeg, arguments, subject: "quality of \(reference.path.printable) frames \(request.range)")
    }

    private static func output(_ label: String, to file: String) -> [String] {
        ["-map", label, "-fps_mode", "passthrough", "-f", "rawvideo", "file:" + file]
    }

    private var timeBase: String {
        "settb=\(reference.video.frameRate.denominator)/\(reference.video.frameRate.numerator)"
    }

    /// The scaler stands there for equal sizes too: a bare `format` behind `split` would let FFmpeg convert before the
    /// split, and the thumbnails would no longer be the index's.
    private var scaled: String {
        "scale=\(format.width):\(format.height):flags=bicubic,format=\(format.pixelFormat)"
    }
}
