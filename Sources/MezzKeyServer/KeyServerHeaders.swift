package import MezzCore

/// Headers that make a key server trust a request, one a line: `Authorization: Bearer …`. Neither text nor reflection
/// shows them.
package struct KeyServerHeaders: Sendable, CustomStringConvertible, CustomReflectable {
    /// The environment variable that holds them.
    package static let variable = "MEZZ_KEY_SERVER_HEADERS"
    private static let most = 32

    /// As they are sent.
    let lines: [String]

    /// - Parameter text: Lines; empty ones are passed over.
    /// - Throws: `Failure` (`input`) with the line's number, never what it says.
    package init(_ text: String = "") throws(Failure) {
        var lines: [String] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard !line.allSatisfy({ $0 == " " }) else { continue }
            lines.append(try Self.header(line, number + 1))
        }
        guard lines.count <= Self.most else { throw Self.failure("more than \(Self.most) headers", lines.count) }
        self.lines = lines
    }

    /// A name is a token (RFC 9110, section 5.6.2); a value has no control characters.
    private static func header(_ line: Substring, _ number: Int) throws(Failure) -> String {
        guard let match = line.wholeMatch(of: #/([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*/#), !match.2.isEmpty,
            match.2.utf8.allSatisfy({ $0 == 9 || (0x20..<0x7F).contains($0) }), line.utf8.count <= 16_384
        else { throw failure("this is no header", number) }
        let taken = ["content-type", "content-length", "transfer-encoding", "host", "expect", "x-speke-version"]
        guard !taken.contains(match.1.lowercased()) else { throw failure("this header is mezz's own", number) }
        return "\(match.1): \(match.2)"
    }

    private static func failure(_ what: String, _ number: Int) -> Failure {
        Failure(.input, what: what, place: "\(variable), line \(number)", remedy: "write lines such as Name: value")
    }

    package var description: String { "\(lines.count) secret headers" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
