import ArgumentParser
import MezzCore
import MezzText

/// `mezz text validate`: what is wrong with text files.
struct TextValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check text files: times, overlaps, reading speed, position, characters.",
        discussion: """
            The exit code is 1 when a finding is an error, and 65 when a file cannot be read. With the picture's \
            length, text after its end is found too.
            """)

    @Argument(help: "The text files.")
    var files: [String]

    @OptionGroup var options: TextOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        var reports: [TextReport] = []
        for file in files {
            do {
                let reading = try await TextTools.reader.read(file, format: options.from, encoding: options.encoding)
                var text = reading.text
                text.language = options.language ?? text.language
                let checker = TextChecker(guide: options.guide, duration: options.pictureMilliseconds)
                reports.append(
                    TextReport(
                        file: file, format: reading.format, text: text,
                        findings: reading.findings + checker.check(text)))
            } catch let failure as Failure where failure.status == .input && files.count > 1 {
                reports.append(TextReport(file: file, failure: failure))
            }
        }
        if json {
            Output.json(TextReports(files: reports))
        } else {
            Output.line(reports.map(\.text).joined(separator: "\n\n"))
        }
        if reports.contains(where: { $0.error != nil }) { throw ExitCode(ExitStatus.input.rawValue) }
        if !reports.allSatisfy(\.passed) { throw ExitCode(ExitStatus.rejected.rawValue) }
    }
}
