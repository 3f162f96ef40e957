import ArgumentParser
import MezzCore
import MezzPipeline

/// `mezz explain`: why every shot got its size and CRF.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why each shot of each rung got its size and CRF.",
        discussion: """
            Works from the report alone: trial encodes, the curves fitted through them, the slopes at which shots \
            and sizes were compared, and the prediction beside what was measured. Shots are numbered from 1, as in \
            report.html; the JSON has index, from 0, as report.json.
            """)

    @Argument(help: "The folder of a package, a report.json, or what mezz ladder --json printed.")
    var place: String

    @Option(help: ArgumentHelp("Only this codec: avc, hevc or av1."))
    var codec: CodecFamily?

    @Option(help: ArgumentHelp("Only this rung, by the name the report gives it.", valueName: "id"))
    var rung: String?

    @Option(help: ArgumentHelp("Only this shot, in detail.", valueName: "n"))
    var shot: Int?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let report = try ReportFile.read(place)
        guard report.isPlausible else {
            throw Failure(
                .input, what: "is no report of mezz: it holds sizes or shots that no title has", place: place.printable,
                remedy: "name a report.json")
        }
        try check(against: report)
        let explanation = LadderExplanation(report, codec: codec, rung: rung, shot: shot.map { $0 - 1 })
        if json {
            Output.json(explanation)
        } else if let shot = report.shots.first(where: { $0.number == shot }) {
            Output.line(ShotExplanationText(explanation: explanation, shot: shot).text)
        } else {
            Output.line(ExplanationTable(explanation: explanation).text)
        }
    }

    private func check(against report: Report) throws(Failure) {
        let rungs = report.ladder.rungs
        if let codec, !rungs.contains(where: { $0.codec == codec }) {
            let codecs = CodecFamily.allCases.filter { codec in rungs.contains { $0.codec == codec } }
            throw unknown("codec", codec.rawValue, there: codecs.map(\.rawValue))
        }
        let own = rungs.filter { codec == nil || $0.codec == codec }.map(\.id)
        if let rung, !own.contains(rung) { throw unknown("rung", rung, there: own) }
        if let shot, !report.shots.contains(where: { $0.number == shot }) {
            throw unknown("shot", String(shot), there: numbers(report.shots))
        }
    }

    private func numbers(_ shots: [Report.Shot]) -> [String] {
        guard let first = shots.map(\.number).min(), let last = shots.map(\.number).max() else { return [] }
        return [first == last ? "\(first)" : "\(first) to \(last)"]
    }

    private func unknown(_ kind: String, _ name: String, there: [String]) -> Failure {
        let names = there.isEmpty ? "none" : there.map(\.printable).joined(separator: ", ")
        return Failure(
            .usage, what: "the report has no \(kind) \(name.printable)", place: place.printable,
            remedy: "those there are: \(names)")
    }
}
