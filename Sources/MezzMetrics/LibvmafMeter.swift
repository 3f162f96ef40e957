import Foundation
package import MezzCore
package import MezzMedia
import MezzPixels

/// VMAF by the libvmaf inside FFmpeg. One process decodes the reference once for all encodes.
package struct LibvmafMeter: QualityMeter {
    let runner: ToolRunner

    /// - Throws: `Failure` with `unavailable` when FFmpeg was built without libvmaf.
    package init(runner: ToolRunner) throws(Failure) {
        guard let ffmpeg = runner.tools[.ffmpeg], ffmpeg.features.contains("libvmaf") else {
            throw Failure(
                .unavailable, what: "FFmpeg has no libvmaf", place: runner.tools[.ffmpeg]?.path ?? "ffmpeg",
                remedy: "run scripts/setup: it fetches an FFmpeg that has it")
        }
        self.runner = runner
    }

    package var version: String { "libvmaf in FFmpeg " + (runner.tools[.ffmpeg]?.version ?? "unknown") }

    package func measure(
        _ request: MeasureRequest, reference: SourceReader, total: Int, in folder: String, progress: (Int) -> Void
    ) async throws -> [MeasuredFrames] {
        let graph = MeasureGraph(request: request, reference: reference, total: total)
        let command = ToolCommand(
            .ffmpeg, graph.arguments, workingDirectory: folder,
            subject: "quality of \(reference.path.printable) frames \(request.range)")
        let count = request.distorted.count
        var fingerprints = [[Fingerprint]](repeating: [], count: count)
        var frames = FrameAssembler(frameBytes: Thumbnail.lumaBytes * count)
        try await runner.run(command) { bytes in
            frames.append(bytes) { number, row in
                for item in 0..<count { fingerprints[item].append(Self.fingerprint(in: row, item, of: count)) }
                if number % 16 == 0 { progress(number) }
            }
        }
        if request.wantsFingerprints, frames.frames != request.range.count {
            throw Self.short(frames.frames, of: request.range, in: "encode", reference.path)
        }
        return try (0..<count).map { item in
            let log = folder + "/" + MeasureGraph.logName(item)
            let scores = try LibvmafLog.read(log).scores(graph: graph)
            guard scores.map(\.frame) == graph.expectedFrames else {
                throw Self.short(scores.count, of: request.range, in: "score", reference.path)
            }
            return MeasuredFrames(scores: scores, fingerprints: fingerprints[item])
        }
    }

    /// The encodes' luma planes stand side by side in one picture.
    private static func fingerprint(in row: UnsafeRawBufferPointer, _ item: Int, of count: Int) -> Fingerprint {
        guard count > 1 else { return Fingerprint(luma: row) }
        var plane: [UInt8] = []
        plane.reserveCapacity(Thumbnail.lumaBytes)
        let stride = Thumbnail.width * count
        for line in 0..<Thumbnail.height {
            let start = line * stride + item * Thumbnail.width
            plane.append(contentsOf: row[start..<start + Thumbnail.width])
        }
        return plane.withUnsafeBytes { Fingerprint(luma: $0) }
    }

    private static func short(_ found: Int, of range: FrameRange, in what: String, _ path: String) -> Failure {
        Failure(
            .failed, what: "\(found) \(what)d frames of \(range.count) in \(range)", place: path.printable,
            remedy: "an encode lost frames or the source changed; run again")
    }
}
