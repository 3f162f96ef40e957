import ArgumentParser

/// `mezz keys`: keys of encrypted packages.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, check and hand over keys of encrypted packages.",
        discussion: """
            KEYS is what --drm of mezz encode takes: a file of JSON or CPIX, env:NAME, or speke:https://… with \
            --content-id. No key is ever printed.
            """, subcommands: [KeysNewCommand.self, KeysCheckCommand.self, KeysExportCommand.self])
}
