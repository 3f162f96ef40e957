import MezzCore
import MezzMedia
import MezzPixels

/// Writes the FFmpeg call that brings one stream's frames, in order and complete, into a pipe.
struct StreamCommand {
    let source: StreamSource
    /// What the pipe carries.
    let format: PictureFormat
    /// Colour of the reference, whose range the frames are brought to.
    let color: ColorDescription
    /// Frames left out at the beginning.
    let skip: Int
    let threads: Int

    /// A child that waits for a slow reader shows no life, so its reader is the one who loses patience.
    private static let patientLimits: ProcessLimits = {
        var limits = ProcessLimits.work
        limits.stallSeconds = 7 * 86_400
        return limits
    }()

    /// Pictures into `pipe`.
    func command(pipe: String) -> ToolCommand {
        tool(input + ["-map", label, "-vf", filters] + Self.output(pipe))
    }

    /// Pictures into `pipe` and their thumbnails into `prints`.
    func command(pipe: String, prints: String) -> ToolCommand {
        let graph = "[\(label)]\(filters),split[a][b];[b]\(Thumbnail.filters)[t]"
        return tool(
            input + ["-filter_complex", graph, "-map", "[a]"] + Self.output(pipe) + ["-map", "[t]"]
                + Self.output(prints))
    }

    /// Luma thumbnails of the first `frames` on standard output.
    func fingerprintCommand(frames: Int) -> ToolCommand {
        tool(
            input + ["-map", label, "-vf", Thumbnail.lumaFilters, "-frames:v", String(frames)]
                + ["-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"])
    }

    private func tool(_ arguments: [String]) -> ToolCommand {
        ToolCommand(
            .ffmpeg, FFmpegCommand.preamble + arguments, limits: Self.patientLimits, subject: source.path.printable)
    }

    private static func output(_ pipe: String) -> [String] {
        ["-fps_mode", "passthrough", "-f", "rawvideo", "file:" + pipe]
    }

    private var label: String {
        if case .media(let stream) = source.container { "0:\(stream)" } else { "0:0" }
    }

    private var input: [String] {
        let own = ["-threads", String(threads)]
        guard source.container == .raw else { return FFmpegCommand.input(source.path, options: own) }
        return FFmpegCommand.input(
            source.path,
            options: own + ["-f", "rawvideo", "-pixel_format", source.pixelFormat, "-video_size", "\(source.size)"])
    }

    private var filters: String {
        var filters = skip > 0 ? ["trim=start_frame=\(skip)"] : []
        // The grey of FFmpeg has full range: taking the plane leaves the samples alone.
        let takesLuma = format.chroma == .monochrome && source.format.chroma != .monochrome
        if takesLuma { filters.append("extractplanes=y") }
        let range = neededRange
        if source.size != Resolution(width: format.width, height: format.height) || range != nil {
            filters.append(
                "scale=\(format.width):\(format.height):flags=bicubic" + (range.map { ":out_range=" + $0 } ?? ""))
        }
        filters.append("format=" + format.pixelFormat)
        return filters.joined(separator: ",")
    }

    /// The reference's range where this stream declares another one.
    private var neededRange: String? {
        guard let wanted = color.range, let own = source.color.range, wanted != own else { return nil }
        return wanted
    }
}
