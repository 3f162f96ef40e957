import ArgumentParser
import MezzCore
import MezzPackaging

/// `mezz keys check`: what a document of keys says, but the keys.
struct KeysCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read keys, and print their labels, identifiers, scheme and systems.",
        discussion: "The exit code is 65 when the document cannot be followed; the error says where and why.")

    @Argument(help: "The keys.")
    var keys: String

    @OptionGroup var options: KeyOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let reading = try await options.reading(keys)
        let table = KeysTable(reading.ring, contentID: reading.contentID, isSealed: reading.isSealed)
        if json { Output.json(table) } else { Output.line(table.text) }
    }
}
