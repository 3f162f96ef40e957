import ArgumentParser
import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzMetrics
import MezzPixels

/// What is compared.
struct VMAFVideos: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The original: a media file, .y4m or raw.", valueName: "file"))
    var reference: String

    @Option(name: .shortAndLong, help: ArgumentHelp("An encode of it. Repeatable.", valueName: "file"))
    var distorted: [String]

    @Option(help: ArgumentHelp("Size of raw files, for example 1920x1080.", valueName: "WxH"))
    var size: FrameSize?

    @Option(
        help: ArgumentHelp(
            "Pixel format of raw files, in FFmpeg's words: yuv420p, yuv420p10le, gray, …", valueName: "name"))
    var pixelFormat: String?

    @Flag(help: "Leave out frames behind the end of the shortest video.")
    var shortest = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The encode's frame that shows the reference's frame 0 (negative where its beginning is missing), or auto "
                + "to find it.",
            valueName: "n|auto"))
    var offset: FrameOffset = .frames(0)

    func validate() throws {
        guard !distorted.isEmpty else { throw ValidationError("name at least one encode with -d") }
        guard distorted.count <= 64 else { throw ValidationError("-d: 64 encodes at most") }
        guard (size == nil) == (pixelFormat == nil) else {
            throw ValidationError("--size and --pixel-format go together: both describe raw files")
        }
        if let size, rawFormat == nil {
            throw ValidationError(
                "--pixel-format \((pixelFormat ?? "").printable) at \(size.width)x\(size.height): planar YUV or gray of "
                    + "8 to 16 bit, for example yuv420p, yuv422p10le, yuv444p12le, gray")
        }
    }

    private var rawFormat: PictureFormat? {
        guard let size, let pixelFormat else { return nil }
        return PictureFormat(pixelFormat: pixelFormat, width: size.width, height: size.height)
    }

    /// Endings of names that are media whatever --size says.
    private static let media: Set<String> = [
        "y4m", "mp4", "m4v", "mov", "mkv", "webm", "avi", "mxf", "ts", "m2ts", "mts", "mpg", "mpeg", "flv", "ogv",
        "nut",
        "wmv", "3gp", "264", "h264", "avc", "265", "h265", "hevc", "ivf", "obu", "av1", "m2v", "png", "jpg", "tif",
        "gif",
    ]

    /// Opens all videos, the reference first.
    /// - Throws: `Failure` with `input` for what cannot be compared.
    func open(_ runner: ToolRunner, warning: (String) -> Void) async throws -> [StreamSource] {
        var sources = [try await open(reference, runner)]
        for path in distorted {
            let source = try await open(path, runner)
            if let mismatch = source.mismatch(with: sources[0]) { throw mismatch }
            sources.append(source)
        }
        try checkRawCounts(sources)
        for text in warnings(sources) { warning(text) }
        return sources
    }

    private func open(_ path: String, _ runner: ToolRunner) async throws -> StreamSource {
        let file = try SourceFile.check(path)
        let ending = (path as NSString).pathExtension.lowercased()
        if let rawFormat, !Self.media.contains(ending) {
            return try StreamSource.raw(file.path, bytes: file.bytes, format: rawFormat)
        }
        if rawFormat == nil, ["yuv", "raw"].contains(ending) {
            throw Failure(
                .usage, what: "is raw video, which says nothing of itself", place: path.printable,
                remedy: "add --size WxH --pixel-format NAME")
        }
        return try await StreamProbe(runner: runner).source(file.path)
    }

    /// Raw files tell their frame counts before any work.
    private func checkRawCounts(_ sources: [StreamSource]) throws(Failure) {
        guard !shortest, offset == .frames(0), sources[0].container == .raw else { return }
        for source in sources.dropFirst() where source.container == .raw {
            guard let frames = source.expectedFrames, let all = sources[0].expectedFrames, frames != all else {
                continue
            }
            throw Failure(
                .input, what: "has \(frames) frames and the reference \(sources[0].path.printable) has \(all)",
                place: source.path.printable,
                remedy: "frames pair by number: compare encodes of the same frames, or use --shortest or --offset")
        }
    }

    private func warnings(_ sources: [StreamSource]) -> [String] {
        var warnings: [String] = []
        let name = { (source: StreamSource) in source.path.printable }
        if sources[0].color.isHighDynamicRange {
            warnings.append(
                "\(name(sources[0])): HDR (\(sources[0].color.transfer ?? "")): the models were trained on SDR, so their "
                    + "scores rank encodes of it at best")
        }
        for source in sources.dropFirst() {
            if source.color.isHighDynamicRange != sources[0].color.isHighDynamicRange {
                warnings.append("\(name(source)): one side is HDR and the other SDR; no tone mapping is done")
            }
            guard !shortest, offset == .frames(0) else { continue }
            let isExact = source.container == .raw && sources[0].container == .raw
            if !isExact, let count = source.expectedFrames, let all = sources[0].expectedFrames, count != all {
                warnings.append("\(name(source)): seems to have \(count) frames, the reference \(all)")
            }
        }
        return warnings
    }
}

/// A size as written on the command line.
struct FrameSize: ExpressibleByArgument, Sendable {
    let width: Int
    let height: Int

    init?(argument: String) {
        let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], (1...32_768).contains(width),
            (1...32_768).contains(height)
        else { return nil }
        self.width = width
        self.height = height
    }
}

/// A shift as written on the command line.
enum FrameOffset: ExpressibleByArgument, Hashable, Sendable {
    case frames(Int)
    case automatic

    init?(argument: String) {
        if argument == "auto" {
            self = .automatic
        } else if let frames = Int(argument), abs(frames) <= 10_000_000 {
            self = .frames(frames)
        } else {
            return nil
        }
    }

    /// In words, about an encode shifted so.
    static func text(_ offset: Int) -> String {
        offset >= 0
            ? "its frame \(offset) shows the reference's frame 0"
            : "its frame 0 shows the reference's frame \(-offset)"
    }

    var defaultValueDescription: String {
        switch self {
        case .frames(let frames): String(frames)
        case .automatic: "auto"
        }
    }
}
