import Foundation
package import MezzCore

/// The command line of an encoder that mezz does not bring: a program and its arguments, with places to fill in.
package struct ExternalCommand: Hashable, Sendable, Codable {
    /// What can be filled in, as `{name}`.
    package enum Place: String, Sendable, CaseIterable {
        /// The sound: a WAVE file, or the ADM BWF as it came.
        case input
        /// The file that the program has to write.
        case output
        /// Bits a second.
        case bitrate
        case channels
        /// Hz.
        case rate
        /// BCP 47; "und" when unknown.
        case language
    }

    /// A path, or a name to look for in PATH.
    package let program: String
    package let arguments: [String]

    private static let mostArguments = 1000

    /// - Parameter json: A JSON array of strings: `["dee","--in","{input}","--out","{output}"]`. There is no shell.
    /// - Throws: `Failure` with `usage`.
    package init(json: String) throws(Failure) {
        guard let words = try? JSONDecoder().decode([String].self, from: Data(json.utf8)), let program = words.first
        else {
            throw Self.refusal("is no JSON array of strings", json, #"write ["program","{input}","{output}"]"#)
        }
        guard !program.isEmpty, words.count <= Self.mostArguments, !words.contains(where: { $0.contains("\0") }) else {
            throw Self.refusal(
                "holds no program, or words that no program can be given", json, "name the program first")
        }
        arguments = Array(words.dropFirst())
        self.program = program
        let names = Set(arguments.flatMap(Self.names))
        let known = Set(Place.allCases.map(\.rawValue))
        if let other = names.subtracting(known).sorted().first {
            throw Self.refusal(
                "has an unknown place {\(other)}", json,
                "known are \(Place.allCases.map { "{\($0.rawValue)}" }.joined(separator: " "))")
        }
        for place in [Place.input, .output] where !names.contains(place.rawValue) {
            throw Self.refusal("does not say where {\(place.rawValue)} goes", json, "put {\(place.rawValue)} into it")
        }
    }

    /// The arguments with values in their places. Values are put in once: a brace in a value stays what it is.
    func filled(_ values: [Place: String]) -> [String] {
        arguments.map { argument in
            Self.parts(argument).map { part in
                guard part.isName, let place = Place(rawValue: part.text) else { return part.text }
                return values[place] ?? ""
            }.joined()
        }
    }

    private static func names(_ argument: String) -> [String] { parts(argument).filter(\.isName).map(\.text) }

    /// Names are lower-case letters within braces; any other brace is itself.
    private static func parts(_ argument: String) -> [(text: String, isName: Bool)] {
        var parts: [(text: String, isName: Bool)] = []
        var rest = argument[...]
        while let open = rest.firstIndex(of: "{") {
            let inner = rest[rest.index(after: open)...].prefix { $0.isASCII && $0.isLowercase }
            guard !inner.isEmpty, inner.endIndex < rest.endIndex, rest[inner.endIndex] == "}" else {
                parts.append((String(rest[...open]), false))
                rest = rest[rest.index(after: open)...]
                continue
            }
            parts.append((String(rest[..<open]), false))
            parts.append((String(inner), true))
            rest = rest[rest.index(after: inner.endIndex)...]
        }
        return parts + [(String(rest), false)]
    }

    private static func refusal(_ what: String, _ json: String, _ remedy: String) -> Failure {
        Failure(
            .usage, what: what, place: "--audio-encoder-command \(String(json.prefix(200)).printable)", remedy: remedy)
    }
}
