import Foundation
import MezzCore
import MezzMedia
import MezzMetrics
import MezzStorage
import MezzWorkflow

/// Turns the results of a job that has succeeded into its report and its package.
struct JobDelivery: Sendable {
    /// What the report calls the source.
    let source: String
    let spec: JobSpec
    /// Versions of the tools that worked, by name.
    let versions: [String: String]
    let results: JobResults
    let wallSeconds: Double
    let expected: CostExpectation

    init(
        source: String, spec: JobSpec, versions: [String: String], records: [TaskRecord], store: any ObjectStore,
        wallSeconds: Double, expected: CostExpectation
    ) {
        self.source = source
        self.spec = spec
        self.versions = versions
        self.results = JobResults(records: records, store: store)
        self.wallSeconds = wallSeconds
        self.expected = expected
    }

    /// The report of a job that ends at its ladders.
    func ladder() throws -> Report { try builder.buildLadder() }

    /// What the job teaches about costs.
    func lesson() throws -> CostLesson { try builder.lesson() }

    /// The report of a job that made a package.
    func report() async throws -> Report { try await builder.build() }

    /// Puts the package into the folder and returns its report.
    func publish(into folder: StateFolder) async throws -> Report {
        let report = try await report()
        let page = ReportPage(report, extras: try await results.extras(title: (source as NSString).lastPathComponent))
        let document = JobDocument(
            mezz: mezzVersion, source: source, sha256: report.source.sha256, spec: spec, tools: versions)
        let documents: [(name: String, content: Data)] = [
            (JobDocument.name, try document.encoded()), ("report.json", try report.encoded()),
            ("report.html", Data(page.html().utf8)),
        ]
        let artifacts = try results.artifacts(of: spec.deliveredTask) + results.artifacts(of: TaskName.thumbnails)
        try await PackagePublisher(folder: folder).publish(artifacts, of: results.store, documents: documents)
        return report
    }

    private var builder: ReportBuilder {
        ReportBuilder(source: source, spec: spec, results: results, wallSeconds: wallSeconds, expected: expected)
    }
}

extension JobSpec {
    /// The task whose files are delivered.
    var deliveredTask: String { protection == nil ? TaskName.package : TaskName.protect }
}

extension ToolSet {
    /// Versions of everything that decides results, by name.
    package var namedVersions: [String: String] {
        versions.merging(["vmaf": NativeMeter.version]) { tool, _ in tool }
    }
}

extension Failure {
    /// The first failure of a job, in the order of the work; what was only blocked by it says nothing.
    init(firstOf records: [TaskRecord]) {
        if let failure = records.first(where: { $0.state == .failed })?.failure {
            self.init(failure)
        } else {
            self.init(.failed, what: "the job did not finish", place: "workflow", remedy: "run the same command again")
        }
    }
}
