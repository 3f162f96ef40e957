import ArgumentParser
import Foundation
import MezzCore
import MezzMedia
import MezzPackaging
import MezzPipeline

/// `mezz package`: finished encodes into a package.
struct PackageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "package", abstract: "Package finished encodes: CMAF, DASH and HLS; nothing is encoded again.",
        discussion: """
            Every stream of the files becomes a track: AVC, HEVC and AV1 rungs whose key frames stand at the same places, \
            AAC, AC-3, E-AC-3, Opus and FLAC. A file may be followed by language=, role= (main, commentary, description, \
            dialogue), name= and default, as in sound.mp4:language=fr,default. The package is checked as mezz encode \
            checks its own; the exit code is 1 when a finding is an error.
            """)

    @Argument(help: ArgumentHelp("Files with finished encodes.", valueName: "file:key=value,…"))
    var files: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("The package's folder.", valueName: "dir"))
    var output: String

    @Option(help: ArgumentHelp("Nominal segment length.", valueName: "seconds"))
    var segment = 4.0

    @Flag(help: "One file a segment instead of one file a track.")
    var segmented = false

    @OptionGroup(title: "Timed text")
    var texts: TextTrackOptions

    @Option(
        help: ArgumentHelp(
            "Encrypt with the keys in this file (JSON or CPIX), in a variable, or of a key server.",
            valueName: "file|env:name|speke:url"))
    var drm: String?

    @OptionGroup(title: "Keys")
    var keySource: KeyOptions

    @Flag(help: "Print the report as JSON.")
    var json = false

    func validate() throws {
        guard (0.5...30).contains(segment) else { throw ValidationError("--segment takes 0.5 to 30 seconds") }
        guard !files.isEmpty else { throw ValidationError("name files with finished encodes") }
    }

    func run() async throws {
        let keys = try await keySource.ring(drm)
        let tools = try await Tooling.findForJobs()
        let inputs = try files.map { try PackageInput(argument: $0) }
        let (wishes, sides) = try await texts.wishes()
        let wish = PackageWish(
            inputs: inputs, texts: zip(wishes, sides).map { ($0, $1.path) }, segmentSeconds: segment,
            layout: segmented ? .segmented : .onDemand, keys: keys)
        let folder = try StateFolder(output: output)
        let job = PackageJob(wish: wish, folder: folder, tools: tools) { Output.error($0) }
        let report: Report
        // Nothing is resumed, and the title in the clear must not stay behind.
        defer { folder.withdraw() }
        report = try await Interruptible.run(onSignal: {}, { try await job.run() })
        if json {
            Output.write(String(decoding: try report.encoded(), as: UTF8.self), to: .standardOutput)
        } else {
            Output.line(PackageSummary(report: report, folder: output).text)
        }
        if !report.qc.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }
}

extension PackageInput {
    /// - Parameter text: `FILE[:key=value,…]`.
    fileprivate init(argument text: String) throws(Failure) {
        // A file of that very name comes first.
        let isFile = FileManager.default.fileExists(atPath: text)
        let settings = try TrackSettings(text, keys: isFile ? [] : ["language", "role", "name"], option: "")
        guard FileManager.default.fileExists(atPath: settings.source) else {
            throw Failure(
                .input, what: "cannot be read", place: settings.source.printable, remedy: "name a file that exists")
        }
        self.init(
            path: settings.source, language: settings.values["language"], role: try settings.role(),
            name: settings.values["name"], isDefault: settings.isDefault)
    }
}

/// What a finished package says on the terminal.
private struct PackageSummary {
    let report: Report
    let folder: String

    var text: String {
        let rungs = report.ladder.rungs.map { rung in
            [rung.id, "\(rung.width)x\(rung.height)", "\(rung.averageBPS / 1000)", "\(rung.peakBPS / 1000)", ""]
        }
        let sound = report.audio.map { [$0.id, "\($0.channels) channels", "\($0.bps / 1000)", "", $0.language] }
        let texts = report.text.map { [$0.id, "\($0.cues ?? 0) cues", "", "", $0.language] }
        var lines = [
            TextTable(
                header: ["track", "", "kbps", "peak", "language"], rows: rungs + sound + texts, leftAligned: 2
            ).text, "",
        ]
        for finding in report.qc.findings where finding.severity > .info {
            lines.append(
                "\(finding.severity.rawValue): \(finding.message.printable) (\(finding.code)): \(finding.remedy.printable)"
            )
        }
        lines.append("quality control \(report.qc.passed ? "passed" : "FAILED")")
        lines.append("package: \(folder.printable)")
        return lines.joined(separator: "\n")
    }
}
