import ArgumentParser
import Foundation
import MezzCore
import MezzEncode

/// `mezz profiles`: the built-in profiles.
struct ProfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: "List the built-in profiles, or print one as a file to begin with.",
        discussion: "What --profile takes: a name from this list, or a YAML file like the ones printed here.")

    @Argument(help: "The profile to print.")
    var name: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        guard let name else {
            if json { return Output.json(ProfileCatalog.all.map(ProfileListing.init)) }
            let rows = ProfileCatalog.all.map {
                [$0.name, $0.codecs.map(\.codec.rawValue).joined(separator: " "), $0.summary]
            }
            return Output.line(
                TextTable(header: ["name", "codecs", "what"], rows: rows, leftAligned: 3, endsInText: true).text)
        }
        let profile = try ProfileChoice.read(name)
        if json { Output.json(ProfileListing(profile)) } else { Output.write(profile.yaml, to: .standardOutput) }
    }
}
