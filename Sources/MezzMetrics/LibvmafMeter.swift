import Foundation
package import MezzCore
package import MezzMedia
package import MezzPixels

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
        _ request: MeasureRequest, reference: SourceReader, index: FrameIndex, in folder: String,
        progress: (Int) -> Void
    ) async throws -> [MeasuredFrames] {
        do {
            return try await attempt(request, reference, index, folder, progress)
        } catch is ReferenceMismatch where reference.seek == .container {
            // This place of the source cannot be sought exactly; decoding from the beginning always can.
            let patient = SourceReader(path: reference.path, video: reference.video, seek: .beginning)
            do {
                return try await attempt(request, patient, index, folder, progress)
            } catch let mismatch as ReferenceMismatch {
                throw mismatch.failure(path: reference.path)
            }
        } catch let mismatch as ReferenceMismatch {
            throw mismatch.failure(path: reference.path)
        }
    }

    private func attempt(
        _ request: MeasureRequest, _ reference: SourceReader, _ index: FrameIndex, _ folder: String,
        _ progress: (Int) -> Void
    ) async throws -> [MeasuredFrames] {
        let graph = MeasureGraph(request: request, reference: reference, total: index.count)
        let command = ToolCommand(
            .ffmpeg, graph.arguments, workingDirectory: folder,
            subject: "quality of \(reference.path.printable) frames \(request.range)")
        let row = PrintRow(pictures: graph.prints)
        var fingerprints = [[Fingerprint]](repeating: [], count: graph.prints - 1)
        var frames = FrameAssembler(frameBytes: row.bytes)
        try await runner.run(command) { bytes in
            try frames.append(bytes) { number, pictures in
                let frame = request.range.first + number
                guard frame < request.range.end, row.fingerprint(0, in: pictures) == index.entries[frame].fingerprint
                else { throw ReferenceMismatch(frame: frame) }
                for item in fingerprints.indices { fingerprints[item].append(row.fingerprint(item + 1, in: pictures)) }
                if number % 16 == 0 { progress(number) }
            }
        }
        guard frames.frames == request.range.count else {
            throw ReferenceMismatch(frame: request.range.first + frames.frames)
        }
        return try request.distorted.indices.map { item in
            let log = folder + "/" + MeasureGraph.logName(item)
            let scores = try LibvmafLog.read(log).scores(graph: graph)
            guard scores.map(\.frame) == graph.expectedFrames else {
                throw Self.short(scores.count, of: request.range, in: "score", reference.path)
            }
            return MeasuredFrames(
                scores: scores, fingerprints: request.wantsFingerprints ? fingerprints[item] : [])
        }
    }

    private static func short(_ found: Int, of range: FrameRange, in what: String, _ path: String) -> Failure {
        Failure(
            .failed, what: "\(found) \(what)d frames of \(range.count) in \(range)", place: path.printable,
            remedy: "an encode lost frames or the source changed; run again")
    }
}

/// The source gave a frame that is not the one in the index, or the encode ended before it.
private struct ReferenceMismatch: Error {
    let frame: Int

    func failure(path: String) -> Failure {
        Failure(
            .failed, what: "frame \(frame) cannot be measured: the source or the encode gives another frame there",
            place: path.printable, remedy: "the file changed while it was read, or an encode lost frames; run again")
    }
}

/// Luma thumbnails that stand side by side in one picture: the reference's first.
private struct PrintRow {
    let pictures: Int

    var bytes: Int { Thumbnail.lumaBytes * pictures }

    func fingerprint(_ item: Int, in row: UnsafeRawBufferPointer) -> Fingerprint {
        guard pictures > 1 else { return Fingerprint(luma: row) }
        var plane: [UInt8] = []
        plane.reserveCapacity(Thumbnail.lumaBytes)
        let stride = Thumbnail.width * pictures
        for line in 0..<Thumbnail.height {
            let start = line * stride + item * Thumbnail.width
            plane.append(contentsOf: row[start..<start + Thumbnail.width])
        }
        return plane.withUnsafeBytes { Fingerprint(luma: $0) }
    }
}
