import Foundation
import MezzCore
import MezzMedia
import MezzMetrics
import MezzPipeline

/// Measures a package's rungs against the source once more, and compares with what its report says.
struct QualityAudit {
    let package: String
    let report: Report
    let tools: ToolSet

    /// How far two measurements of the same pictures may be apart: a pipeline's scores are kept in thousandths.
    private static let tolerance = 0.01

    /// - Throws: `Failure` with `input` when source and rungs cannot be compared.
    func findings(against source: String) async throws -> [Finding] {
        let progress = VMAFProgress()
        let frames = report.source.frames
        progress.begin("frame", total: frames)
        let scores = try await PackageMeasurement(package, tools: tools).scores(of: report, against: source) {
            _, frame, _ in progress.advance(to: frame)
        }
        return zip(report.ladder.rungs, scores).flatMap(compare)
    }

    private func compare(_ rung: Report.Rung, _ pool: PooledScore) -> [Finding] {
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
