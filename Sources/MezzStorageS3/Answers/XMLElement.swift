/// An element of a server's answer: its text, or the elements in it. Attributes are passed over.
package struct XMLElement: Sendable, Hashable {
    /// The name, without a namespace's prefix.
    package let name: String
    /// The text directly inside.
    package fileprivate(set) var text = ""
    /// The elements directly inside.
    package fileprivate(set) var children: [XMLElement] = []

    fileprivate init(_ name: String) {
        self.name = name
    }

    /// The text of the first child of this name.
    package subscript(_ name: String) -> String? { children.first { $0.name == name }?.text }

    /// The children of this name.
    package func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// Reads a document.
    ///
    /// It knows elements, text, comments, CDATA and the five predefined entities, which is all that S3 sends. Document
    /// types, and so entities of their own, are refused, as are more than 16 levels or 100,000 elements.
    /// - Throws: ``Malformed``.
    package init(_ bytes: [UInt8]) throws(Malformed) {
        var scanner = XMLScanner(bytes)
        self = try scanner.document()
    }

    /// The answer is no XML, or none that this program reads.
    package struct Malformed: Error, Sendable, Hashable {
        /// What is wrong.
        package let reason: String
    }
}

private struct XMLScanner {
    private static let depthLimit = 16
    private static let countLimit = 100_000

    private let bytes: [UInt8]
    private var place = 0
    private var count = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(XMLElement.Malformed) -> XMLElement {
        // A byte order mark.
        if starts(with: "\u{FEFF}") { place += 3 }
        var open: [XMLElement] = []
        while place < bytes.count {
            if bytes[place] != UInt8(ascii: "<") {
                let text = try text()
                if open.isEmpty {
                    guard text.allSatisfy(\.isWhitespace) else { throw malformed("text outside of the root") }
                } else {
                    open[open.count - 1].text += text
                }
            } else if starts(with: "<?") {
                try skip(past: "?>")
            } else if starts(with: "<!--") {
                try skip(past: "-->")
            } else if starts(with: "<![CDATA[") {
                guard !open.isEmpty else { throw malformed("text outside of the root") }
                place += 9
                let start = place
                try skip(past: "]]>")
                open[open.count - 1].text += String(decoding: bytes[start..<(place - 3)], as: UTF8.self)
            } else if starts(with: "<!") {
                throw malformed("a document type")
            } else if starts(with: "</") {
                let name = try endTag()
                guard let done = open.popLast(), done.name == name else { throw malformed("</\(name)> has no start") }
                if open.isEmpty { return done }
                open[open.count - 1].children.append(done)
            } else {
                let (element, isWhole) = try startTag()
                count += 1
                guard count <= Self.countLimit, open.count < Self.depthLimit else { throw malformed("too large") }
                if !isWhole {
                    open.append(element)
                } else if open.isEmpty {
                    return element
                } else {
                    open[open.count - 1].children.append(element)
                }
            }
        }
        throw malformed("it breaks off")
    }

    private mutating func startTag() throws(XMLElement.Malformed) -> (XMLElement, isWhole: Bool) {
        place += 1
        let name = try name()
        var quote: UInt8?
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return (XMLElement(name), bytes[place - 2] == UInt8(ascii: "/"))
            } else if byte == UInt8(ascii: "<") {
                break
            }
        }
        throw malformed("<\(name) has no end")
    }

    private mutating func endTag() throws(XMLElement.Malformed) -> String {
        place += 2
        let name = try name()
        while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
        guard place < bytes.count, bytes[place] == UInt8(ascii: ">") else { throw malformed("</\(name) has no end") }
        place += 1
        return name
    }

    private mutating func name() throws(XMLElement.Malformed) -> String {
        let start = place
        while place < bytes.count, bytes[place] > 0x20, !"/><=\"'&".utf8.contains(bytes[place]) { place += 1 }
        guard place > start, place - start <= 100 else { throw malformed("not a name") }
        let name = String(decoding: bytes[start..<place], as: UTF8.self)
        return name.split(separator: ":").last.map(String.init) ?? name
    }

    private mutating func text() throws(XMLElement.Malformed) -> String {
        var result: [UInt8] = []
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") {
            if bytes[place] == UInt8(ascii: "&") {
                result += try entity().utf8
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func entity() throws(XMLElement.Malformed) -> String {
        guard let end = bytes[place...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
            throw malformed("an entity without end")
        }
        let name = String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
        place = end + 1
        if let known = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"][name] { return known }
        let digits = name.dropFirst(name.hasPrefix("#x") ? 2 : 1)
        guard name.hasPrefix("#"), let code = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10), code > 0,
            let scalar = Unicode.Scalar(code)
        else { throw malformed("an unknown entity") }
        return String(scalar)
    }

    private mutating func skip(past mark: String) throws(XMLElement.Malformed) {
        while place < bytes.count {
            if starts(with: mark) {
                place += mark.utf8.count
                return
            }
            place += 1
        }
        throw malformed("it breaks off")
    }

    private func starts(with mark: String) -> Bool { bytes[place...].starts(with: mark.utf8) }

    private func malformed(_ reason: String) -> XMLElement.Malformed {
        XMLElement.Malformed(reason: "\(reason), at byte \(place)")
    }
}
