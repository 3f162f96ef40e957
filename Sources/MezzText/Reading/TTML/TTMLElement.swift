import Foundation
import MezzCore
import MezzFormats

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An element of a TTML document: names without prefixes, and content in its order.
struct TTMLElement {
    enum Content {
        case element(TTMLElement)
        case text(String)
    }

    /// "p"; for elements of foreign namespaces "namespace name".
    let name: String
    /// By name with the group's prefix as the standards write it: "tts:color", "ttp:frameRate", "xml:id", "begin".
    let attributes: [String: String]
    var content: [Content] = []

    var children: [TTMLElement] {
        content.compactMap { if case .element(let child) = $0 { child } else { nil } }
    }

    func first(_ name: String) -> TTMLElement? { children.first { $0.name == name } }
    subscript(name: String) -> String? { attributes[name] }
}

/// Reads XML into TTML elements, whatever prefixes the document has chosen.
final class TTMLParser: NSObject, XMLParserDelegate {
    static let deepest = 48
    static let mostElements = 300_000

    /// Namespaces by the prefix that TTML 2 (section 5.2), IMSC 1.1 (section 5.1) and EBU Tech 3380 write them with.
    private static let prefixes: [String: String] = [
        "http://www.w3.org/ns/ttml": "", "http://www.w3.org/ns/ttml#styling": "tts:",
        "http://www.w3.org/ns/ttml#parameter": "ttp:", "http://www.w3.org/ns/ttml#metadata": "ttm:",
        "http://www.w3.org/ns/ttml/profile/imsc1#styling": "itts:",
        "http://www.w3.org/ns/ttml/profile/imsc1#parameter": "ittp:", "urn:ebu:tt:style": "ebutts:",
        "http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt": "smpte:",
        "http://www.smpte-ra.org/schemas/2052-1/2013/smpte-tt": "smpte:",
        "http://www.w3.org/XML/1998/namespace": "xml:",
        // Drafts and DFXP, as old software writes them.
        "http://www.w3.org/2006/10/ttaf1": "", "http://www.w3.org/2006/10/ttaf1#styling": "tts:",
        "http://www.w3.org/2006/10/ttaf1#parameter": "ttp:", "http://www.w3.org/2006/10/ttaf1#metadata": "ttm:",
        "http://www.w3.org/2006/04/ttaf1": "", "http://www.w3.org/2006/04/ttaf1#styling": "tts:",
    ]

    private var open: [TTMLElement] = []
    private var scopes: [[String: String]] = [["xml": "http://www.w3.org/XML/1998/namespace"]]
    private var root: TTMLElement?
    private var elements = 0
    /// Text since the last tag. The parser hands long text over in parts.
    private var text = ""
    private var refusal: String?

    /// Prefixes that a document declares; real ones have ten.
    private static let mostPrefixes = 64

    /// - Parameter bytes: UTF-8.
    /// - Throws: `Failure` (`input`) for what is no well-formed XML, has a DOCTYPE, or nests too deeply.
    static func read(_ bytes: [UInt8], place: String) throws(Failure) -> TTMLElement {
        do {
            try XMLGuard.check(bytes, limit: TextLimit.bytes, what: "the document")
        } catch {
            throw Failure(
                .input, what: error.what, place: place,
                remedy: "save it as plain UTF-8 XML without DOCTYPE; for another encoding name it with --encoding")
        }
        let reader = TTMLParser()
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.shouldProcessNamespaces = false
        parser.delegate = reader
        let isWellFormed = parser.parse()
        if let refusal = reader.refusal {
            throw Failure(.input, what: refusal, place: place, remedy: "check where the file comes from")
        }
        guard isWellFormed, let root = reader.root else {
            throw Failure(
                .input, what: "the document is not well-formed XML (line \(max(0, parser.lineNumber)))", place: place,
                remedy: "export it again; it may be cut off")
        }
        return root
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        elements += 1
        guard open.count < Self.deepest, elements <= Self.mostElements, (scopes.last?.count ?? 0) < Self.mostPrefixes
        else {
            refusal = "the document nests deeper, or has more elements or prefixes, than any real title's"
            parser.abortParsing()
            return
        }
        endText()
        var scope = scopes.last ?? [:]
        for (name, value) in attributeDict {
            if name == "xmlns" { scope[""] = value }
            if name.hasPrefix("xmlns:") { scope[String(name.dropFirst(6))] = value }
        }
        scopes.append(scope)
        var attributes: [String: String] = [:]
        for (name, value) in attributeDict where name != "xmlns" && !name.hasPrefix("xmlns:") {
            attributes[Self.known(name, in: scope, isAttribute: true)] = value
        }
        open.append(TTMLElement(name: Self.known(elementName, in: scope, isAttribute: false), attributes: attributes))
    }

    private static func known(_ name: String, in scope: [String: String], isAttribute: Bool) -> String {
        let parts = name.split(separator: ":", maxSplits: 1)
        let (prefix, local) = parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", name)
        if isAttribute, prefix.isEmpty { return local }
        guard let namespace = scope[prefix] else { return "? " + local }
        return prefixes[namespace].map { $0 + local } ?? "\(namespace) \(local)"
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, foundCDATA block: Data) { text += String(decoding: block, as: UTF8.self) }

    private func endText() {
        if !text.isEmpty, let last = open.indices.last { open[last].content.append(.text(text)) }
        text = ""
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        endText()
        guard let element = open.popLast() else { return }
        scopes.removeLast()
        if let parent = open.indices.last {
            open[parent].content.append(.element(element))
        } else if root == nil {
            root = element
        }
    }
}
