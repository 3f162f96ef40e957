import Foundation
import MezzCore

/// Where a secret is, as the command line names it: a file, or `env:NAME` for an environment variable.
package struct KeySource: Sendable {
    private static let mostBytes = 1 << 20

    /// As it stands on the command line.
    package let text: String
    /// The option it was given with, for messages.
    let option: String
    /// What it holds, for messages: "the keys".
    let content: String

    /// - Parameters:
    ///   - option: With its hyphens.
    ///   - content: As it is said at the beginning of a sentence.
    package init(_ text: String, option: String = "--drm", content: String = "the keys") {
        self.text = text
        self.option = option
        self.content = content
    }

    /// The name in `env:NAME`; `nil` for anything else.
    package var variable: String? {
        let name = text.dropFirst(4)
        let isName = name.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]*/#) != nil
        return text.hasPrefix("env:") && isName ? String(name) : nil
    }

    /// What it holds, at most a mebibyte.
    /// - Throws: `Failure` (`input`) that never quotes a secret written where its name should be.
    func read(_ environment: [String: String]) throws(Failure) -> Data {
        if text.hasPrefix("env:") {
            guard let name = variable else {
                throw failure("what follows env: is no name of a variable", option, "write the name, not \(content)")
            }
            guard let value = environment[name] else {
                throw failure("the environment variable is not set", "env:" + name, "set it, or name a file")
            }
            return Data(value.utf8)
        }
        guard !["{", "<", "\n", "-----"].contains(where: text.contains) else {
            throw failure("\(content) stand in the command line", option, "write them to a file, and name it")
        }
        guard let handle = FileHandle(forReadingAtPath: text) else {
            throw failure("the file of \(content) cannot be read", text, "check the name and its rights")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: Self.mostBytes + 1) ?? Data(), data.count <= Self.mostBytes else {
            throw failure("the file of \(content) cannot be read, or is far too long", text, "check the file")
        }
        return data
    }

    private func failure(_ what: String, _ place: String, _ remedy: String) -> Failure {
        Failure(.input, what: what, place: place.printable, remedy: remedy)
    }
}
