import ArgumentParser
import Foundation
import MezzCore
import MezzMedia
import MezzText

/// `mezz text convert`: one file into another format, at other times.
struct TextConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Convert a text file to WebVTT or IMSC 1.1.",
        discussion: """
            What cannot be kept, and what is wrong with the text, is said as findings; cues that cannot be shown are \
            left out. The exit code is 1 when a finding is an error; the file is written all the same.
            """)

    @Argument(help: "The text file.")
    var input: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write: .vtt or .ttml.", valueName: "file"))
    var output: String

    @OptionGroup var options: TextOptions

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Added to all times; may be negative.", valueName: "seconds"))
    var textOffset: SecondsValue?

    @Option(
        help: ArgumentHelp(
            "The frame rate that the text was timed for and the picture's own, such as 25:24000/1001.",
            valueName: "from:to"))
    var textRate: RateChangeValue?

    @Flag(help: "Make a track of forced narratives: of a file that marks cues as forced, those alone.")
    var forced = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        guard let target = TextOutput(path: output) else {
            throw Failure(
                .usage, what: "the suffix names no format that is written", place: output.printable,
                remedy: "name a file that ends in .vtt or .ttml")
        }
        let file = ResultFile(path: output)
        try file.check()
        let reading = try await TextTools.reader.read(input, format: options.from, encoding: options.encoding)
        let timing = TextTiming(
            offset: textOffset?.value ?? Rational(0), factor: textRate?.factor ?? Rational(1),
            duration: options.pictureMilliseconds)
        let conversion = TextConversion(
            timing: timing, language: options.language, isForced: forced, guide: options.guide)
        let (text, findings) = conversion.apply(to: reading)
        let written = target.write(text)
        try file.write(String(decoding: written.bytes, as: UTF8.self))
        let report = TextReport(
            file: input, format: reading.format, text: text, findings: findings + written.findings)
        if json { Output.json(report) } else { Output.line(report.text + "\nwrote \(output.printable)") }
        if !report.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }
}

/// What text files are read with.
enum TextTools {
    static let reader = TextReader { ToolRunner(tools: try await Tooling.find([.ttconv])) }
}
