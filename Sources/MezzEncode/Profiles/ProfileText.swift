internal import Yams

/// What a profile's file says wrong, and where.
package struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1; `nil` where it concerns the whole.
    package let line: Int?
    package let what: String

    package var description: String { (line.map { "line \($0): " } ?? "") + what }
}

/// Bounds on a profile's text, so that reading a hostile one ends soon: the parser's stack grows with its depth.
enum ProfileText {
    /// Bytes
    static let longest = 64 << 10
    private static let deepest = 8
    private static let widestIndent = 40

    static func check(_ text: String) throws(ProfileError) {
        guard text.utf8.count <= longest else {
            throw ProfileError(line: nil, what: "longer than \(longest >> 10) KiB")
        }
        var depth = 0
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for character in line.utf8 {
                if character == UInt8(ascii: "[") || character == UInt8(ascii: "{") { depth += 1 }
                if character == UInt8(ascii: "]") || character == UInt8(ascii: "}") { depth -= 1 }
                guard depth <= deepest else { throw ProfileError(line: number + 1, what: "nested too deeply") }
            }
            let indent = line.prefix { " -?:\t".contains($0) }.count
            guard indent <= widestIndent else { throw ProfileError(line: number + 1, what: "indented too far") }
        }
    }
}

/// One mapping of a profile's file: every key must be known, and is read by its type.
struct ProfileMapping {
    let line: Int?
    private let values: [String: Node]

    init(_ node: Node, of what: String, keys: Set<String>) throws(ProfileError) {
        line = node.mark?.line
        guard let mapping = node.mapping else {
            throw ProfileError(line: line, what: "\(what) must be keys with values")
        }
        var values: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard keys.isEmpty || keys.contains(name) else {
                throw ProfileError(
                    line: key.mark?.line,
                    what: "\(what) knows no “\(name.prefix(40))”; it takes \(keys.sorted().joined(separator: ", "))")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw ProfileError(line: key.mark?.line, what: "“\(name.prefix(40))” stands twice")
            }
        }
        self.values = values
    }

    var keys: [String] { values.keys.sorted() }

    subscript(key: String) -> Node? { values[key] }

    func line(of key: String) -> Int? { values[key]?.mark?.line ?? line }

    func text(_ key: String) throws(ProfileError) -> String? {
        guard let node = values[key] else { return nil }
        guard let text = node.scalar?.string, !text.isEmpty, text.count <= 200 else {
            throw ProfileError(line: line(of: key), what: "\(key) must be a short text")
        }
        return text
    }

    func number(_ key: String, in range: ClosedRange<Double>) throws(ProfileError) -> Double? {
        guard let text = try text(key) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw ProfileError(
                line: line(of: key), what: "\(key) takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) throws(ProfileError) -> Choice? where Choice.RawValue == String {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ProfileError(line: line(of: key), what: "\(key) takes \(names)")
        }
        return choice
    }
}
