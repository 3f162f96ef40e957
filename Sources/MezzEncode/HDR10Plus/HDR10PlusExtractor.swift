import Foundation
import MezzCore
package import MezzMedia

/// Takes HDR10+ metadata out of a source that carries them in its stream, as a file that can be sliced.
package struct HDR10PlusExtractor: Sendable {
    private let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// Decodes the source once and writes what each frame says, in the order in which frames are shown. A frame without
    /// a message of its own says what the one decoded before it said: that is how decoders show it.
    ///
    /// JSON files have no words for the fraction of bright pixels and the saturation weight, which HDR10+ profiles leave
    /// at 0: they are lost.
    /// - Parameters:
    ///   - stream: Number of the video stream in the container.
    ///   - output: Path of the JSON file to write.
    ///   - progress: Takes the number of frames so far.
    /// - Returns: `nil` when no frame says anything.
    /// - Throws: `Failure` (`input`) when the first frames say nothing and later ones do: it names the numbers and the
    ///   first without.
    package func extract(
        _ path: String, stream: Int, to output: String, progress: (Int) -> Void = { _ in }
    ) async throws -> HDR10PlusFile? {
        let arguments =
            [
                "-v", "error", "-of", "default", "-select_streams", "\(stream)", "-show_frames", "-show_entries",
                "frame=pict_type:frame_side_data",
            ] + FFmpegCommand.input(path)
        guard FileManager.default.createFile(atPath: output, contents: nil) else {
            throw Failure(
                .failed, what: "the HDR10+ file cannot be written", place: output.printable,
                remedy: "check the folder and the space on its disk")
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        defer { try? file.close() }
        try file.write(contentsOf: Data("{\"JSONInfo\":{\"HDR10plusProfile\":".utf8))
        var report = HDR10PlusReport()
        var (text, carrying): (Data, Int) = (Data(), 0)
        try await runner.run(ToolCommand(.ffprobe, arguments, subject: path.printable)) { bytes in
            try report.append(bytes) { frame in
                if carrying == 0 {
                    text += Data("\"\(frame.curve == nil ? "A" : "B")\",\"Version\":\"1.0\"},\"SceneInfo\":[\n".utf8)
                } else {
                    text += Data(",\n".utf8)
                }
                text += try HDR10PlusFile.encoder().encode(frame)
                carrying += 1
                if carrying % 32 == 0 { progress(carrying) }
            }
            try file.write(contentsOf: text)
            text.removeAll(keepingCapacity: true)
        }
        guard carrying > 0 else { return nil }
        try file.write(contentsOf: Data("\n]}\n".utf8))
        guard carrying == report.frames else {
            throw Failure(
                .input, what: "\(carrying) of \(report.frames) frames carry HDR10+ metadata", place: path.printable,
                remedy: "give the metadata as a file, or leave them out",
                detail: report.firstWithout.map { "the first frame without is \($0)" } ?? "")
        }
        return try HDR10PlusFile.read(output)
    }
}
