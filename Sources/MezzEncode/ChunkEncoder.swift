package import MezzCore
package import MezzMedia
package import MezzPixels

/// One output of a chunk encode: a recipe at a CRF into a file.
package struct ChunkOutput: Sendable, Hashable {
    package let recipe: VideoRecipe
    package let crf: Double
    /// File name inside the work folder; ends in ".mp4".
    package let file: String

    package init(recipe: VideoRecipe, crf: Double, file: String) {
        self.recipe = recipe
        self.crf = crf
        self.file = file
    }

    /// One of its two passes; the statistics are named by the output's number.
    func pass(_ pass: Int, number: Int) -> ChunkOutput {
        var recipe = recipe
        recipe.pass = VideoRecipe.Pass(number: pass, statistics: "passes-\(number).log")
        return ChunkOutput(recipe: recipe, crf: crf, file: file)
    }
}

/// Encodes a run of source frames with several recipes at once: one decode feeds them all, and every frame that goes
/// in is compared with the frame index.
package struct ChunkEncoder: Sendable {
    let runner: ToolRunner
    let reader: SourceReader
    let index: FrameIndex

    package init(runner: ToolRunner, reader: SourceReader, index: FrameIndex) {
        self.runner = runner
        self.reader = reader
        self.index = index
    }

    /// Writes `outputs` into `folder`.
    /// - Parameters:
    ///   - range: Source frames.
    ///   - keyFrames: Source frames in `range`, `range.first` among them, at which an IDR is placed; nowhere else.
    ///   - progress: Called with the number of frames read.
    /// - Throws: `Failure`; when the source delivers other frames than the index holds, one that names the frame.
    package func encode(
        _ range: FrameRange, keyFrames: [Int], outputs: [ChunkOutput], in folder: String, progress: (Int) -> Void
    ) async throws {
        let run = Run(range: range, keyFrames: keyFrames, folder: folder)
        let rehearsed = outputs.enumerated().filter { $1.recipe.isTwoPass && !$1.recipe.isConstantQuality }
        if !rehearsed.isEmpty {
            try await proved(run, rehearsed.map { $1.pass(1, number: $0) }, isRehearsal: true) { progress($0 / 2) }
        }
        let final = outputs.enumerated().map { number, output in
            rehearsed.contains { $0.offset == number } ? output.pass(2, number: number) : output
        }
        try await proved(run, final, isRehearsal: false) {
            progress(rehearsed.isEmpty ? $0 : (range.count + $0) / 2)
        }
    }

    private struct Run {
        let range: FrameRange
        let keyFrames: [Int]
        let folder: String
    }

    private func proved(
        _ run: Run, _ outputs: [ChunkOutput], isRehearsal: Bool, progress: (Int) -> Void
    ) async throws {
        do {
            try await attempt(reader, run, outputs, isRehearsal, progress)
        } catch is FrameMismatch where reader.seek == .container {
            // This place of the file cannot be sought exactly; decoding from the beginning always can.
            let patient = SourceReader(path: reader.path, video: reader.video, seek: .beginning)
            do {
                try await attempt(patient, run, outputs, isRehearsal, progress)
            } catch let mismatch as FrameMismatch {
                throw mismatch.failure(path: reader.path)
            }
        } catch let mismatch as FrameMismatch {
            throw mismatch.failure(path: reader.path)
        }
    }

    private func attempt(
        _ reader: SourceReader, _ run: Run, _ outputs: [ChunkOutput], _ isRehearsal: Bool, _ progress: (Int) -> Void
    ) async throws {
        let (range, folder) = (run.range, run.folder)
        let arguments = ChunkArguments(
            reader: reader, range: range, keyFrames: run.keyFrames, outputs: outputs, isRehearsal: isRehearsal
        ).all
        let command = ToolCommand(
            .ffmpeg, arguments, workingDirectory: folder, subject: "\(reader.path.printable) frames \(range)")
        var frames = FrameAssembler(frameBytes: Thumbnail.bytes)
        try await runner.run(command) { bytes in
            try frames.append(bytes) { number, thumbnail in
                let frame = range.first + number
                guard frame < range.end, FrameHash.of(thumbnail) == index.entries[frame].hash else {
                    throw FrameMismatch(frame: frame)
                }
                if number % 16 == 0 { progress(number) }
            }
        }
        guard frames.frames == range.count else { throw FrameMismatch(frame: range.first + frames.frames) }
        progress(range.count)
    }
}

/// The source gave a frame that is not the one in the index.
struct FrameMismatch: Error {
    let frame: Int

    func failure(path: String) -> Failure {
        Failure(
            .failed, what: "frame \(frame) differs from the frame index", place: path.printable,
            remedy: "the file changed while it was read, or its decoder does not repeat itself; run again on a copy")
    }
}
