import ArgumentParser
import Foundation
import MezzCore
import MezzMedia
import MezzPipeline
import MezzQC

/// `mezz qc`: checks a package or a stream.
struct QCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qc", abstract: "Check a package, or the video of one MP4 file.",
        discussion: """
            A package is read through its manifests, its streams are held against their levels, buffers, colours and \
            containers, and every track is decoded. Of a file, the headers of its video are read. With --source the \
            picture of every rung is measured against the source as well.
            """)

    @Argument(help: "The folder of a package with its report.json, or an MP4 file.")
    var place: String

    @Option(help: ArgumentHelp("Measure every rung against this source.", valueName: "file"))
    var source: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        // Decoders run in folders of their own.
        let place = URL(fileURLWithPath: self.place).path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
            throw Failure(
                .input, what: "cannot be read", place: place.printable, remedy: "name a package's folder or an MP4 file"
            )
        }
        guard source == nil || isFolder.boolValue else {
            throw ValidationError("--source is for packages; mezz vmaf compares two files")
        }
        let tools = try await Tooling.find()
        let audit = PackageAudit(runner: ToolRunner(tools: tools))
        var result = try await isFolder.boolValue ? package(place, audit) : audit.file(place)
        if let source {
            result = result.adding(
                try await QualityAudit(package: place, report: try ReportFile.read(place), tools: tools)
                    .findings(against: source))
        }
        if json { Output.json(result) } else { Output.line(QCTable(result: result).text) }
        if !result.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }

    private func package(_ place: String, _ audit: PackageAudit) async throws -> PackageAudit.Result {
        let report = try ReportFile.read(place)
        let expectation = PackageExpectation(report)
        let result = try await audit.package(place, expecting: expectation)
        return result.adding(
            expectation.text.flatMap { DeliveredText.findings($0.reference, in: place) }
                + ProtectionAudit(report: report, package: place).findings(expectation))
    }
}

extension PackageExpectation {
    /// What a package must be by its own report.
    init(_ report: Report) {
        let seconds = report.source.durationSeconds
        self.init(
            rungs: report.ladder.rungs.map { rung in
                Rung(
                    id: rung.id, codec: rung.codec, width: rung.width, height: rung.height, frames: rung.frames,
                    frameRate: rung.frameRate ?? report.source.frameRate)
            },
            audio: report.audio.map { Audio(id: $0.id, seconds: seconds) }, text: report.text.map { Text(id: $0.id) },
            videoSeconds: seconds)
    }
}
