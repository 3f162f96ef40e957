import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An XML element with its children: the small, limited part of XML that manifests need.
struct XMLElement {
    let name: String
    let attributes: [String: String]
    var children: [XMLElement] = []
    var text = ""

    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
    func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}

/// Reads XML into a tree. Documents with a DOCTYPE are refused, so there are no entities but the built-in five,
/// and nothing outside the bytes is ever read.
final class XMLTreeReader: NSObject, XMLParserDelegate {
    static let byteLimit = 32 << 20
    static let depthLimit = 24
    static let elementLimit = 500_000

    private var open: [XMLElement] = []
    private var root: XMLElement?
    private var elements = 0
    private var failure: FormatError?

    static func read(_ bytes: [UInt8]) throws(FormatError) -> XMLElement {
        guard bytes.count <= byteLimit else { throw FormatError(.tooLarge, "a manifest is too large", at: 0) }
        // Other encodings could hide a DOCTYPE from the search below.
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(.invalid, "a manifest is not UTF-8", at: 0)
        }
        if let encoding = declaredEncoding(text), encoding != "utf-8" {
            throw FormatError(.invalid, "a manifest declares another encoding than UTF-8", at: 0)
        }
        guard !hasEmptyInstruction(bytes) else {
            throw FormatError(.invalid, "a manifest with an empty processing instruction", at: 0)
        }
        guard !bytes.contains("<!DOCTYPE") && !bytes.contains("<!ENTITY") else {
            throw FormatError(.invalid, "a manifest with a DOCTYPE", at: 0)
        }
        let reader = XMLTreeReader()
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.shouldProcessNamespaces = false
        parser.delegate = reader
        let isWellFormed = parser.parse()
        if let failure = reader.failure { throw failure }
        guard isWellFormed, let root = reader.root else {
            throw FormatError(.invalid, "a manifest is not well-formed XML", at: max(0, parser.lineNumber))
        }
        return root
    }

    private static func declaredEncoding(_ text: String) -> String? {
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        guard text.hasPrefix("<?xml") else { return nil }
        // A declaration that does not end where all do hides something.
        guard let end = text.prefix(200).firstRange(of: "?>") else { return "" }
        let declaration = text[..<end.lowerBound]
        guard let mark = declaration.firstRange(of: "encoding") else { return nil }
        let quoted = declaration[mark.upperBound...].split(whereSeparator: { $0 == "\"" || $0 == "'" })
        return quoted.count > 1 ? quoted[1].lowercased() : ""
    }

    /// Whether there is an instruction without content, such as `<?x?>`: Foundation's parser takes the length of the text
    /// that is not there, and the process ends.
    private static func hasEmptyInstruction(_ bytes: [UInt8]) -> Bool {
        let (question, less, greater) = (UInt8(ascii: "?"), UInt8(ascii: "<"), UInt8(ascii: ">"))
        var isName = false
        for place in bytes.indices.dropLast() {
            if bytes[place] == less, bytes[place + 1] == question {
                isName = true
            } else if bytes[place] == question, bytes[place + 1] == greater {
                if isName { return true }
            } else if bytes[place] <= UInt8(ascii: " ") {
                isName = false
            }
        }
        return false
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
    ) {
        elements += 1
        if open.count >= Self.depthLimit || elements > Self.elementLimit {
            failure = FormatError(
                .tooLarge, "a manifest nests too deeply or is too long", at: max(0, parser.lineNumber))
            parser.abortParsing()
            return
        }
        open.append(XMLElement(name: elementName, attributes: attributeDict))
    }

    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        failure = failure ?? FormatError(.invalid, "a manifest is not well-formed XML", at: max(0, parser.lineNumber))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard let last = open.indices.last, open[last].text.utf8.count < 1 << 16 else { return }
        open[last].text += string
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard let element = open.popLast() else { return }
        if let parent = open.indices.last {
            open[parent].children.append(element)
        } else if root == nil {
            root = element
        }
    }
}

extension [UInt8] {
    /// Whether the text occurs, upper or lower case.
    fileprivate func contains(_ text: StaticString) -> Bool {
        let wanted = text.description.utf8.map { $0 | 0x20 }
        guard count >= wanted.count, let first = wanted.first else { return false }
        return (0...count - wanted.count).contains { start in
            self[start] | 0x20 == first && zip(self[start...], wanted).allSatisfy { $0 | 0x20 == $1 }
        }
    }
}
