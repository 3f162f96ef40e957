import Foundation
import MezzAnalysis
package import MezzCore
import MezzEncode
import MezzIngest
package import MezzMedia
package import MezzMetrics
import MezzPixels

/// Measures the rungs of a finished package against its source once more, from what lies in the package alone.
package struct PackageMeasurement {
    private let package: String
    private let runner: ToolRunner
    private let spec: JobSpec

    /// Rungs that share a decode of the source.
    private static let together = 6

    /// - Throws: `Failure` with `input` when the folder is no package of this version.
    package init(_ package: String, tools: ToolSet) throws(Failure) {
        self.package = package
        runner = ToolRunner(tools: tools)
        spec = try JobDocument.read(in: package).spec
        guard spec.protection == nil else {
            throw Failure(
                .input, what: "the package is encrypted and cannot be measured", place: package.printable,
                remedy: "leave out --source; its report tells the quality before encryption")
        }
    }

    /// - Parameters:
    ///   - source: The file that the package was made of.
    ///   - progress: Told what is done, its frame, and how many there will be.
    /// - Returns: One pooled score for each of the report's rungs.
    /// - Throws: `Failure` with `input` when source and rungs cannot be compared.
    package func scores(
        of report: Report, against source: String, progress: @escaping @Sendable (String, Int, Int) -> Void
    ) async throws -> [PooledScore] {
        guard let model = MetricModel(rawValue: report.ladder.metric) else {
            throw Failure(
                .input, what: "was measured with \(report.ladder.metric.printable), which is not known here",
                place: package.printable, remedy: "use the version of mezz that made it")
        }
        let path = try SourceFile.check(source).path
        let video = try await Inspector(runner: runner, reading: spec.reading).inspect(path).video
        let indexed = try await Indexer(runner: runner).index(path, video: video) {
            progress("index", $0, video.expectedFrames)
        }
        let frames = indexed.index.count
        if let rung = report.ladder.rungs.first(where: { $0.frames != frames }) {
            throw Failure(
                .input, what: "the source has \(frames) frames, \(rung.id.printable) has \(rung.frames)",
                place: source.printable, remedy: "name the source that the package was made of")
        }
        let reader = SourceReader(path: path, video: video, seek: indexed.seek)
        let grain = GrainPlan.grain(
            spec.filmGrain, shots: indexed.shots, complexity: indexed.complexity, display: video.display)
        var scores = [PooledScore?](repeating: nil, count: report.ladder.rungs.count)
        for group in groups(report.ladder.rungs, video, grain) {
            let work = try TemporaryFolder("qc")
            defer { work.remove() }
            let pooled = try await measure(group, report, reader, indexed.index, model, work.path, progress)
            for (number, score) in zip(group.rungs, pooled) { scores[number] = score }
        }
        return scores.compactMap(\.self)
    }

    /// Rungs that are compared with the same picture, a few at a time.
    private struct Group {
        let toneMap: ToneMap?
        let filmGrain: FilmGrain?
        let bitDepth: Int
        var rungs: [Int]
    }

    private func groups(_ rungs: [Report.Rung], _ video: VideoStreamInfo, _ grain: FilmGrain?) -> [Group] {
        var groups: [Group] = []
        for (number, rung) in rungs.enumerated() {
            let map = spec.profile[rung.codec]?.recipe(for: video, preset: nil).toneMap
            let grain = rung.codec == .av1 ? grain : nil
            let depth = max(rung.bitDepth, video.bitDepth > 8 ? 10 : 8)
            if let known = groups.lastIndex(where: {
                $0.toneMap == map && $0.filmGrain == grain && $0.bitDepth == depth
            }),
                groups[known].rungs.count < Self.together
            {
                groups[known].rungs.append(number)
            } else {
                groups.append(Group(toneMap: map, filmGrain: grain, bitDepth: depth, rungs: [number]))
            }
        }
        return groups
    }

    private func measure(
        _ group: Group, _ report: Report, _ reader: SourceReader, _ index: FrameIndex, _ model: MetricModel,
        _ work: String, _ progress: @escaping @Sendable (String, Int, Int) -> Void
    ) async throws -> [PooledScore?] {
        var files: [Distorted] = []
        for number in group.rungs {
            let name = "rung-\(number).mp4"
            try RungFile(package: package, id: report.ladder.rungs[number].id).lay(at: work + "/" + name)
            files.append(Distorted(file: name, firstFrame: 0))
        }
        let request = MeasureRequest(
            range: FrameRange(first: 0, end: index.count), distorted: files, model: model, bitDepth: group.bitDepth,
            toneMap: group.toneMap,
            denoising: group.filmGrain.map { SVTAV1.denoising($0, reader.video.display) })
        let measured = try await NativeMeter(runner: runner).measure(
            request, reference: reader, index: index, in: work
        ) { progress("measure", $0, index.count) }
        return measured.map { PooledScore($0.scores.map(\.vmaf)) }
    }
}

/// The video of one rung of a package as one file: as it lies there, or its segments behind each other.
private struct RungFile {
    let package: String
    let id: String

    func lay(at path: String) throws {
        guard !id.contains("/"), !id.hasPrefix(".") else { throw missing }
        let whole = package + "/video/\(id).mp4"
        if FileManager.default.fileExists(atPath: whole) {
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: URL(fileURLWithPath: whole).path)
            return
        }
        let folder = package + "/video/\(id)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let segments = names.filter { $0.hasSuffix(".m4s") }.sorted { ($0.count, $0) < ($1.count, $1) }
        guard names.contains("init.mp4"), !segments.isEmpty else { throw missing }
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? output.close() }
        for name in ["init.mp4"] + segments {
            let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/" + name))
            defer { try? input.close() }
            while let data = try input.read(upToCount: 1 << 20), !data.isEmpty { try output.write(contentsOf: data) }
        }
    }

    private var missing: Failure {
        Failure(
            .input, what: "the package lacks the video of \(id.printable)", place: package.printable,
            remedy: "copy the whole package, or make it again")
    }
}
