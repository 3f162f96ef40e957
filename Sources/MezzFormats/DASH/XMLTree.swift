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
        try XMLGuard.check(bytes, limit: byteLimit, what: "a manifest")
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
