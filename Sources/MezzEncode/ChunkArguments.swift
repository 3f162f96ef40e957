import MezzCore
import MezzMedia
import MezzPixels

/// Writes the FFmpeg call of a chunk encode: decode → split → (scale → encoder)… and thumbnails to standard output.
struct ChunkArguments {
    let reader: SourceReader
    let range: FrameRange
    let keyFrames: [Int]
    let outputs: [ChunkOutput]
    /// Whether the encodes are thrown away: the first of two passes.
    var isRehearsal = false

    var all: [String] {
        var arguments = FFmpegCommand.preamble + reader.input(for: range)
        arguments += ["-filter_complex", graph]
        for (number, output) in outputs.enumerated() { arguments += self.output(number, output) }
        return arguments + ["-map", "[check]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
    }

    /// The picture is tone-mapped once, and each size scaled to once, however many encodes take them.
    private var graph: String {
        let source = reader.label(input: 0) + reader.filters(for: range).joined(separator: ",")
        let looks = Self.grouped(outputs.indices.map { ($0, outputs[$0].recipe.toneMap) })
        let labels = looks.indices.map { "[p\($0)]" }.joined()
        var parts = [source + ",split=\(looks.count + 1)[check0]" + labels, "[check0]\(Thumbnail.filters)[check]"]
        for (number, look) in looks.enumerated() {
            let sizes = Self.grouped(look.members.map { ($0, Self.scaling(to: outputs[$0].recipe)) })
            let labels = sizes.indices.map { "[p\(number)s\($0)]" }
            let map = look.key.map(\.filters) ?? []
            parts.append("[p\(number)]" + (map + ["split=\(sizes.count)"]).joined(separator: ",") + labels.joined())
            for (label, size) in zip(labels, sizes) {
                let split = size.members.count > 1 ? ",split=\(size.members.count)" : ""
                parts.append(label + size.key + split + size.members.map { "[v\($0)]" }.joined())
            }
        }
        return parts.joined(separator: ";")
    }

    /// Outputs that have something in common, in the order of their first.
    private static func grouped<Key: Equatable>(_ outputs: [(number: Int, key: Key)]) -> [(key: Key, members: [Int])] {
        var groups: [(key: Key, members: [Int])] = []
        for output in outputs {
            if let known = groups.firstIndex(where: { $0.key == output.key }) {
                groups[known].members.append(output.number)
            } else {
                groups.append((output.key, [output.number]))
            }
        }
        return groups
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
            + (isRehearsal ? ["-f", "null", "-"] : ["-f", "mp4", output.file])
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
