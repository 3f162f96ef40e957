import ArgumentParser
import Foundation
import MezzCore

/// Where the scores go.
struct VMAFResults: ParsableArguments {
    private static let standardOutput = "-"

    @Option(
        defaultAsFlag: VMAFResults.standardOutput,
        help: ArgumentHelp("Write libvmaf's JSON log to a file, or print it.", valueName: "file"))
    var json: String?

    @Option(
        defaultAsFlag: VMAFResults.standardOutput,
        help: ArgumentHelp("Write libvmaf's CSV log to a file, or print it.", valueName: "file"))
    var csv: String?

    @Option(help: ArgumentHelp("Draw the scores over time.", valueName: "file.svg"))
    var plot: String?

    func validate() throws {
        if json == Self.standardOutput, csv == Self.standardOutput {
            throw ValidationError("--json and --csv cannot both be printed: name a file for one")
        }
        let files = [json, csv, plot].compactMap(\.self).filter { $0 != Self.standardOutput }
        guard Set(files).count == files.count else { throw ValidationError("two results cannot go to one file") }
    }

    /// Finds out before the work that a file cannot be written after it.
    func checkFolders() throws(Failure) {
        for path in [json, csv, plot].compactMap(\.self) where path != Self.standardOutput {
            try ResultFile(path: path).check()
        }
    }

    func write(_ report: VMAFReport) throws {
        if let plot { try ResultFile(path: plot).write(ScorePlot(report).svg) }
        if let json { try deliver(report.json, to: json) }
        if let csv { try deliver(report.csv, to: csv) }
        if json != Self.standardOutput, csv != Self.standardOutput { Output.line(ScoreTable(report).text) }
    }

    private func deliver(_ text: String, to path: String) throws(Failure) {
        if path == Self.standardOutput {
            Output.write(text, to: .standardOutput)
        } else {
            try ResultFile(path: path).write(text)
        }
    }
}
