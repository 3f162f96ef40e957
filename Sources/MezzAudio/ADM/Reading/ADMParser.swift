import Foundation
import MezzFormats

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Reads the XML of an `axml` chunk into the elements below `audioFormatExtended`, wherever that stands (BS.2076-2
/// section 7 has it within EBU Core, other writers at the top).
final class ADMParser: NSObject, XMLParserDelegate {
    /// `audioFormatExtended`; its children are the document's elements.
    private var found: ADMElement?
    private var open: [ADMElement] = []
    private var depth = 0
    private var elements = 0
    private var failure: FormatError?
    /// Namespaces by the attribute that declares them, up to the root.
    private var namespaces: [String: String] = [:]

    static let deepest = 48
    /// Hundred objects that move twenty times a second for three hours make 22 million blocks with four children each;
    /// real masters have a tenth of that.
    static let mostElements = 20_000_000
    private static let longestText = 1 << 16
    private static let root = "audioFormatExtended"

    /// - Returns: `nil` when there is no `audioFormatExtended` in it.
    static func read(_ bytes: [UInt8]) throws(FormatError) -> ADMElement? {
        let bytes = bytes.trimmedPadding
        try XMLGuard.check(bytes, limit: BW64File.mostXMLBytes, what: "the ADM")
        let reader = ADMParser()
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.shouldProcessNamespaces = false
        parser.delegate = reader
        let isWellFormed = parser.parse()
        if let failure = reader.failure { throw failure }
        guard isWellFormed else {
            throw FormatError(.invalid, "the ADM is not well-formed XML", at: max(0, parser.lineNumber))
        }
        return reader.found
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        elements += 1
        depth += 1
        guard depth <= Self.deepest, elements <= Self.mostElements else {
            failure = FormatError(
                .tooLarge, "the ADM nests deeper or has more elements than any real one", at: max(0, parser.lineNumber))
            return parser.abortParsing()
        }
        let name = elementName.split(separator: ":").last.map(String.init) ?? elementName
        if !open.isEmpty { return open.append(ADMElement(name: name, attributes: attributeDict)) }
        guard found == nil else { return }
        for (key, value) in attributeDict where key.hasPrefix("xmlns") { namespaces[key] = value }
        guard name == Self.root else { return }
        let prefix = elementName.dropLast(name.count + 1)
        let namespace = namespaces[prefix.isEmpty ? "xmlns" : "xmlns:" + prefix]
        open.append(ADMElement(name: name, attributes: attributeDict, namespace: namespace))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard let last = open.indices.last, open[last].text.utf8.count < Self.longestText else { return }
        open[last].text += string
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        depth -= 1
        guard let element = open.popLast() else { return }
        guard let parent = open.indices.last else {
            found = element
            return
        }
        if element.name == "audioBlockFormat" {
            open[parent].blocks.append(ADMBlock(element))
        } else {
            open[parent].children.append(element)
        }
    }
}

extension [UInt8] {
    /// Without the zeros that some writers fill the chunk up with.
    fileprivate var trimmedPadding: [UInt8] {
        guard let end = lastIndex(where: { $0 != 0 }) else { return [] }
        return Array(self[...end])
    }
}
