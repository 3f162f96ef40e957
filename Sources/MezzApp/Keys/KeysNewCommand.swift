import ArgumentParser
import MezzCore
import MezzPackaging

/// `mezz keys new`: random keys.
struct KeysNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make random keys, in a file that nobody else reads.",
        discussion: "One key for each label, from the system's generator. A file that is there already stays as it is.")

    @Option(help: "Common Encryption's scheme.")
    var scheme: Protection.Scheme = .cbcs

    @Option(help: ArgumentHelp("The protection systems.", valueName: "a,b"))
    var systems = ValueList<Protection.System>([.widevine, .playready])

    @Option(help: ArgumentHelp("The labels that get a key.", valueName: "a,b"))
    var labels = ValueList<KeyLabel>(KeyLabel.allCases)

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to make.", valueName: "keys.json"))
    var output: String

    func run() async throws {
        let ring = try NewKeys.ring(scheme: scheme, systems: systems.values, labels: labels.values)
        try PrivateFile.create(NewKeys.json(ring), at: output)
        Output.line(KeysTable(ring, contentID: nil, isSealed: false).text)
    }
}
