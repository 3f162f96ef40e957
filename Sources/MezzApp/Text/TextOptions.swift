import ArgumentParser
import MezzCore
import MezzText

extension TextFormat: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}

/// Options for how text files are read and what they are held against.
struct TextOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What the file is; found out by default.", valueName: "format"))
    var from: TextFormat?

    @Option(help: ArgumentHelp("How its characters are written; UTF-8, or UTF-16 with a mark, by default."))
    var encoding: TextEncoding?

    @Option(help: ArgumentHelp("A BCP 47 tag such as en or pt-BR; the file's own by default.", valueName: "tag"))
    var language: String?

    @Option(help: ArgumentHelp("The picture's length.", valueName: "seconds"))
    var duration: SecondsValue?

    @Option(help: ArgumentHelp("The picture's length; needs --frame-rate.", valueName: "count"))
    var frames: Int?

    @Option(help: ArgumentHelp("Pictures a second, such as 25 or 24000/1001.", valueName: "rate"))
    var frameRate: FrameRateValue?

    @Option(help: ArgumentHelp("Characters that can be read in a second.", valueName: "count"))
    var readingSpeed: Double = TextGuide().charactersPerSecond

    func validate() throws {
        if let language, LanguageTag(language) == nil {
            throw ValidationError("--language \(language.printable): a BCP 47 tag is wanted, such as en or pt-BR")
        }
        if (frames == nil) != (frameRate == nil) {
            throw ValidationError("--frames and --frame-rate belong together")
        }
        if duration != nil, frames != nil { throw ValidationError("give --duration or --frames, not both") }
        if let frames, frames < 1 { throw ValidationError("--frames counts from 1") }
        if let duration, duration.value <= Rational(0) { throw ValidationError("--duration is more than 0") }
        guard readingSpeed.isFinite, readingSpeed > 0 else { throw ValidationError("--reading-speed is more than 0") }
    }

    /// Milliseconds of the picture.
    var pictureMilliseconds: Int? {
        if let frames, let frameRate { return Int((frameRate.value.seconds(ofFrame: frames) * 1000).rounded()) }
        return duration.map { Int(($0.value.value * 1000).rounded()) }
    }

    var guide: TextGuide { TextGuide(charactersPerSecond: readingSpeed) }
}
