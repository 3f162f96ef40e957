import Foundation
package import MezzCore
package import MezzMedia

/// Joins the chunks of one rung without a re-encode and proves the result.
package struct ChunkJoiner: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// Joins `chunks` into `output`.
    /// - Parameters:
    ///   - chunks: Files inside `folder` with their numbers of frames, in order.
    ///   - keyFrames: Frames of the joined track that must be key frames, and the only ones.
    /// - Throws: `Failure` naming the first frame that is out of place.
    package func join(
        _ chunks: [(file: String, frames: Int)], codec: CodecFamily, frameRate: Rational, keyFrames: [Int],
        into output: String, in folder: String
    ) async throws -> PacketList {
        // Relative to the working folder: FFmpeg takes the list's folder for a URL, where "?" and "#" mean something.
        let list = output + ".ffconcat"
        try Data(Self.concatList(chunks, frameRate: frameRate).utf8)
            .write(to: URL(fileURLWithPath: folder + "/" + list))
        let scale = TimeScale(frameRate: frameRate)
        let driver = EncoderCatalog.driver(for: codec)
        let snap =
            "setts=pts=round(PTS/\(scale.ticksPerFrame))*\(scale.ticksPerFrame)"
            + ":dts=round(DTS/\(scale.ticksPerFrame))*\(scale.ticksPerFrame):duration=\(scale.ticksPerFrame)"
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(list, options: ["-f", "concat", "-safe", "0"])
            + ["-map", "0:v:0", "-c", "copy", "-bsf:v", (driver.joinFilters + [snap]).joined(separator: ",")]
            + driver.trackArguments + FFmpegCommand.reproducible + scale.arguments + ["-f", "mp4", output]
        try await runner.run(
            ToolCommand(.ffmpeg, arguments, workingDirectory: folder, subject: "join of \(output)"))
        let frames = chunks.reduce(0) { $0 + $1.frames }
        let packets = try await PacketList.read(folder + "/" + output, frames: frames, scale: scale, runner: runner)
        try Self.check(packets.keyFrames, against: keyFrames, output)
        return packets
    }

    /// The list for FFmpeg's concat demuxer, with lengths rounded so that their sum never drifts from the grid.
    static func concatList(_ chunks: [(file: String, frames: Int)], frameRate: Rational) -> String {
        var lines = ["ffconcat version 1.0"]
        var frame = 0
        var written = 0
        for chunk in chunks {
            frame += chunk.frames
            let end = Int((frameRate.seconds(ofFrame: frame) * 1_000_000).rounded())
            let micros = end - written
            written = end
            let fraction = String(micros % 1_000_000)
            let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
            lines += ["file '\(chunk.file)'", "duration \(micros / 1_000_000).\(padded)"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func check(_ found: [Int], against plan: [Int], _ output: String) throws(Failure) {
        guard found != plan else { return }
        let wrong = Set(found).symmetricDifference(plan).min() ?? 0
        let what = plan.contains(wrong) ? "is not a key frame" : "is a key frame outside the segment plan"
        throw Failure(
            .failed, what: "frame \(wrong) \(what)", place: output, remedy: "run again; report it if it happens again")
    }
}
