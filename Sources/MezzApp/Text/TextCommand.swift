import ArgumentParser

/// `mezz text`: subtitles and captions.
struct TextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Convert and check subtitles and captions.",
        discussion: """
            Reads SubRip, WebVTT, TTML (IMSC, EBU-TT-D), SCC and EBU STL; writes WebVTT and IMSC 1.1. SCC and EBU STL \
            need Python 3 and ttconv, which scripts/setup installs.
            """, subcommands: [TextConvertCommand.self, TextValidateCommand.self])
}
