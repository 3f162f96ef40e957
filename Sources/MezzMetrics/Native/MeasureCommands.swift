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
    /// The pictures of comparison without their grain.
    static let denoised = "denoised.mp4"
    static let kept = "kept.mkv"
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

    /// Brings the source's pictures, or without their grain what ``denoisingCommand`` made of them.
    var referenceCommand: ToolCommand {
        guard request.denoising != nil else { return sourceCommand(pictures: Self.pictures(to: Self.referencePipe)) }
        return command(
            input: Self.withoutGrain(Self.denoised), graph: ["[0:v:0]null[pictures]"],
            outputs: Self.pictures(to: Self.referencePipe))
    }

    /// Takes the grain out of the source's pictures; `nil` where none is to be taken out.
    var denoisingCommand: ToolCommand? {
        request.denoising.map { options in
            let kept = ["-map", "[kept]", "-fps_mode", "passthrough", "-c:v", "ffv1", "-f", "matroska"]
            return sourceCommand(
                pictures: ["-map", "[pictures]", "-fps_mode", "passthrough"] + options + ["file:" + Self.denoised]
                    + (keepsPictures ? kept + ["file:" + Self.kept] : []))
        }
    }

    /// The first of the pictures are kept beside those without grain, to compare them.
    private var keepsPictures: Bool { request.denoising != nil && request.wantsFingerprints }

    private var ending: String {
        keepsPictures
            ? "\(scaled),split[pictures][all];[all]trim=end_frame=\(GrainMeter.mostFrames)[kept]"
            : "\(scaled)[pictures]"
    }

    /// An encode as it is before the decoder adds film grain.
    static func withoutGrain(_ file: String, options: [String] = []) -> [String] {
        FFmpegCommand.input(file, options: ["-export_side_data", "+film_grain"] + options)
    }

    private func sourceCommand(pictures: [String]) -> ToolCommand {
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
                graph += [mapped + ",split[look][picture]", "[look]\(seen)[mapped]", "[picture]\(ending)"]
                prints["[mapped]"] = Self.mappedPrints
            } else {
                graph.append(mapped + ",\(ending)")
            }
        } else {
            graph.append("[score]\(ending)")
        }
        return command(input: reference.input(for: read), graph: graph, outputs: pictures, prints: prints)
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
            input: encodeInput(item), graph: graph, outputs: Self.pictures(to: Self.pipe(item)),
            prints: request.wantsFingerprints ? ["[prints]": Self.prints(item)] : [:])
    }

    private func encodeInput(_ item: Int) -> [String] {
        let encode = request.distorted[item]
        let offset = request.range.first - encode.firstFrame
        guard offset > 0 else { return encodeInput(encode.file) }
        return encodeInput(encode.file, options: Self.seek(to: offset, reference.video.frameRate))
    }

    /// Half a frame before it: FFmpeg starts at the first frame at or after a time.
    private static func seek(to frame: Int, _ rate: Rational) -> [String] {
        ["-ss", String(Int((rate.seconds(ofFrame: 2 * frame - 1) / 2 * 1_000_000).rounded())) + "us"]
    }

    private func encodeInput(_ file: String, options: [String] = []) -> [String] {
        request.denoising == nil
            ? FFmpegCommand.input(file, options: options) : Self.withoutGrain(file, options: options)
    }

    /// - Parameter prints: Files of thumbnails by the label in the graph.
    private func command(
        input: [String], graph: [String], outputs: [String], prints: [String: String] = [:]
    ) -> ToolCommand {
        // One thread each: as many processes run side by side as there are encodes.
        var arguments = FFmpegCommand.preamble + ["-threads", "1", "-filter_complex_threads", "1"] + input
        arguments += ["-filter_complex", graph.joined(separator: ";")]
        arguments += outputs
        for (label, file) in prints.sorted(by: { $0.key < $1.key }) { arguments += Self.output(label, to: file) }
        return ToolCommand(
            .ffmpeg, arguments, subject: "quality of \(reference.path.printable) frames \(request.range)")
    }

    private static func pictures(to pipe: String) -> [String] { output("[pictures]", to: pipe) }

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

extension MeasureCommands {
    /// Compares the pictures that were kept with those without grain.
    func grainRemoved(frames: Int) -> ToolCommand {
        comparison(
            FFmpegCommand.input(Self.kept) + Self.withoutGrain(Self.denoised), "[0:v:0]null", "[1:v:0]null",
            frames: frames)
    }

    /// Compares an encode with and without its grain.
    func grainAdded(_ file: String, firstFrame: Int, frames: Int) -> ToolCommand {
        let offset = request.range.first - firstFrame
        let seek = offset > 0 ? Self.seek(to: offset, reference.video.frameRate) : []
        return comparison(
            FFmpegCommand.input(file, options: seek) + Self.withoutGrain(file, options: seek), "[0:v:0]null",
            "[1:v:0]null", frames: frames)
    }

    private func comparison(_ inputs: [String], _ first: String, _ second: String, frames: Int) -> ToolCommand {
        let count = "trim=end_frame=\(min(frames, request.range.count)),\(timeBase),setpts=N"
        let graph = "\(first),\(count)[a];\(second),\(count)[b];[a][b]psnr[seen]"
        return ToolCommand(
            .ffmpeg,
            ["-hide_banner", "-nostdin", "-nostats", "-v", "info"] + inputs
                + ["-filter_complex", graph, "-map", "[seen]", "-f", "null", "-"],
            subject: "film grain of \(reference.path.printable) frames \(request.range)")
    }
}
