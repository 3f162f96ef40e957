import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzMetrics
import MezzPipeline

/// Measures a package's rungs against the source once more, and compares with what its report says.
struct QualityAudit {
    let package: String
    let report: Report
    let tools: ToolSet

    /// Rungs that share a decode of the source.
    private static let together = 6
    /// How far two measurements of the same pictures may be apart: depths are converted differently.
    private static let tolerance = 0.5

    /// - Throws: `Failure` with `input` when source and rungs cannot be compared.
    func findings(against source: String) async throws -> [Finding] {
        guard let model = MetricModel(rawValue: report.ladder.metric) else {
            throw Failure(
                .input, what: "was measured with \(report.ladder.metric.printable), which is not known here",
                place: package.printable, remedy: "use the version of mezz that made it")
        }
        let rungs = report.ladder.rungs
        let files = rungs.map { package + "/video/\($0.id).mp4" }
        guard let first = files.first else { return [] }
        guard FileManager.default.fileExists(atPath: first) else {
            throw Failure(
                .input, what: "its rungs are not one file each", place: package.printable,
                remedy: "compare joined rungs with mezz vmaf: segments are no files of their own")
        }
        var findings: [Finding] = []
        for start in stride(from: 0, to: rungs.count, by: Self.together) {
            let range = start..<min(start + Self.together, rungs.count)
            let pools = try await measure(source, Array(files[range]), model)
            for (rung, pool) in zip(rungs[range], pools) { findings += compare(rung, pool) }
        }
        return findings
    }

    private func measure(_ source: String, _ files: [String], _ model: MetricModel) async throws -> [Pool] {
        let runner = ToolRunner(tools: tools)
        let probe = StreamProbe(runner: runner)
        var sources = [try await probe.source(try SourceFile.check(source).path)]
        for file in files { sources.append(try await probe.source(file)) }
        for distorted in sources.dropFirst() {
            if let mismatch = distorted.mismatch(with: sources[0]) { throw mismatch }
        }
        let measured = try Model(named: model.rawValue)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let engine = try ScoringEngine(
            models: [measured], features: [], format: sources[0].format, distorted: files.count, threads: threads,
            every: 1, firstFrame: 0)
        let comparison = Comparison(
            runner: runner, reference: sources[0], distorted: Array(sources.dropFirst()), decoderThreads: 1)
        let progress = VMAFProgress()
        progress.begin("frame", total: report.source.frames)
        let outcome = try await comparison.run(engine) { progress.advance(to: $0) }
        return outcome.scores.compactMap { $0.pooled(measured.scoreName) }
    }

    private func compare(_ rung: Report.Rung, _ pool: Pool) -> [Finding] {
        let place = Finding.Place(stream: rung.id)
        let text = { (value: Double) in String(format: "%.2f", value) }
        var findings: [Finding] = []
        if let stated = rung.quality?.harmonicMean, abs(stated - pool.harmonicMean) > Self.tolerance {
            findings.append(
                Finding(
                    "quality.report", .error,
                    "VMAF is \(text(pool.harmonicMean)) (harmonic mean), the report says \(text(stated))", place: place,
                    remedy: "check that this is the source it was made of; else the package was changed: make it again")
            )
        }
        if let target = rung.targetVMAF, pool.harmonicMean < target - Report.Rung.promiseTolerance {
            findings.append(
                Finding(
                    "quality.target", .error,
                    "VMAF is \(text(pool.harmonicMean)) (harmonic mean), \(text(target)) was promised", place: place,
                    remedy: "encode the rung again"))
        }
        return findings
    }
}
