internal import FoundationEssentials

/// A profile of `~/.aws/credentials` and `~/.aws/config`, their values put together.
package struct SharedProfile: Sendable, Hashable {
    /// Larger files are not read.
    private static let sizeLimit = 1 << 20

    private let values: [String: String]

    /// A profile without values.
    package init() { values = [:] }

    /// Reads the profile that `AWS_PROFILE` names, else `default`, from the files that `AWS_SHARED_CREDENTIALS_FILE`
    /// and `AWS_CONFIG_FILE` name, else those in the home folder. What is not there has no values.
    package init(environment: [String: String]) {
        let name = environment["AWS_PROFILE"].flatMap { $0.isEmpty ? nil : $0 } ?? "default"
        let home = environment["HOME"] ?? "/"
        let config = environment["AWS_CONFIG_FILE"] ?? home + "/.aws/config"
        let credentials = environment["AWS_SHARED_CREDENTIALS_FILE"] ?? home + "/.aws/credentials"
        let general = Self.section(["profile \(name)", name], of: config)
        // Where both files name a value, the file of credentials is right.
        values = general.merging(Self.section([name], of: credentials)) { _, special in special }
    }

    /// The value of a key, which is in lower case.
    package subscript(_ key: String) -> String? { values[key] }

    private static func section(_ names: [String], of path: String) -> [String: String] {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size <= sizeLimit,
            let data = FileManager.default.contents(atPath: path)
        else { return [:] }
        return section(names, in: String(decoding: data, as: UTF8.self))
    }

    /// The values of the sections of these names in a file's text. Indented lines belong to a nested value and are
    /// passed over.
    package static func section(_ names: [String], in text: String) -> [String: String] {
        var values: [String: String] = [:]
        var isWanted = false
        for line in text.split(whereSeparator: \.isNewline) {
            guard let first = line.first, !first.isWhitespace, first != "#", first != ";" else { continue }
            if first == "[" {
                let name = line.dropFirst().prefix { $0 != "]" }.split(separator: " ").joined(separator: " ")
                isWanted = names.contains(name)
            } else if isWanted, let sign = line.firstIndex(of: "=") {
                let key = trimmed(line[..<sign]).lowercased()
                values[key] = trimmed(line[line.index(after: sign)...])
            }
        }
        return values
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
