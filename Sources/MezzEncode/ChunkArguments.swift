import MezzCore
import MezzMedia
import MezzPixels

/// Writes the FFmpeg call of a chunk encode: decode → split → (scale → encoder)… and thumbnails to standard output.
struct ChunkArguments {
    let reader: SourceReader
    let range: FrameRange
    let keyFrames: [Int]
    let outputs: [ChunkOutput]

    var all: [String] {
        var arguments = FFmpegCommand.preamble + reader.input(for: range)
        arguments += ["-filter_complex", graph]
        for (number, output) in outputs.enumerated() { arguments += self.output(number, output) }
        return arguments + ["-map", "[check]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
    }

    /// Each size is scaled to once, however many encodes take it.
    private var graph: String {
        let source = reader.label(input: 0) + reader.filters(for: range).joined(separator: ",")
        var groups: [(scaling: String, labels: [String])] = []
        for (number, output) in outputs.enumerated() {
            let scaling = Self.scaling(to: output.recipe)
            let label = "[v\(number)]"
            if let known = groups.firstIndex(where: { $0.scaling == scaling }) {
                groups[known].labels.append(label)
            } else {
                groups.append((scaling, [label]))
            }
        }
        let labels = groups.indices.map { "[s\($0)]" }.joined()
        var parts = [source + ",split=\(groups.count + 1)[s]" + labels, "[s]\(Thumbnail.filters)[check]"]
        for (number, group) in groups.enumerated() {
            let split = group.labels.count > 1 ? ",split=\(group.labels.count)" : ""
            parts.append("[s\(number)]\(group.scaling)\(split)\(group.labels.joined())")
        }
        return parts.joined(separator: ";")
    }

    /// The scaler stands there for equal sizes too: a bare `format` behind `split` would let FFmpeg convert before the
    /// split, and the thumbnails would no longer be the index's. Pixels stay square: even sides bend the aspect a
    /// little, which the filter would write into the stream.
    static func scaling(to recipe: VideoRecipe) -> String {
        let size = recipe.resolution
        return "scale=\(size.width):\(size.height):flags=lanczos,setsar=1,format=\(recipe.pixelFormat)"
    }

    private func output(_ number: Int, _ output: ChunkOutput) -> [String] {
        let driver = EncoderCatalog.driver(for: output.recipe.codec)
        return ["-map", "[v\(number)]", "-fps_mode", "passthrough", "-force_key_frames", forcedTimes]
            + driver.arguments(output.recipe, crf: output.crf) + driver.trackArguments
            + FFmpegCommand.reproducible + TimeScale(frameRate: output.recipe.frameRate).arguments
            + ["-f", "mp4", output.file]
    }

    /// Seconds half a frame before each key frame: FFmpeg forces the first frame at or after a time.
    private var forcedTimes: String {
        keyFrames.filter(range.contains).map { frame in
            let doubled = max(0, 2 * (frame - range.first) - 1)
            let seconds = reader.video.frameRate.seconds(ofFrame: doubled) / 2
            let micros = Int((seconds * 1_000_000).rounded())
            let fraction = String(micros % 1_000_000)
            return "\(micros / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
        }.joined(separator: ",")
    }
}
