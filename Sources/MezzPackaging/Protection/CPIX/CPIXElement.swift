import Foundation
import MezzCore
import MezzFormats

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An element of a CPIX document, whatever prefixes the document has chosen.
struct CPIXElement {
    /// "cpix:ContentKey": with the prefix of ``CPIXNames/namespaces``; "? name" when it is of no namespace known here.
    let name: String
    /// Those without a prefix.
    let attributes: [String: String]
    /// Where it begins, from 1.
    let line: Int
    fileprivate(set) var children: [CPIXElement] = []
    /// The text directly inside.
    fileprivate(set) var text = ""

    func all(_ name: String) -> [CPIXElement] { children.filter { $0.name == name } }
    func first(_ name: String) -> CPIXElement? { children.first { $0.name == name } }
    /// The first element at the end of a path of names.
    func first(_ path: String...) -> CPIXElement? {
        path.reduce(self as CPIXElement?) { element, name in element?.first(name) }
    }
    subscript(name: String) -> String? { attributes[name] }
}

/// Reads XML into CPIX elements.
final class CPIXTreeReader: NSObject, XMLParserDelegate {
    static let mostBytes = 1 << 20
    private static let deepest = 24
    private static let mostElements = 20_000
    /// Prefixes that a document declares; real ones have six.
    private static let mostPrefixes = 64

    private static let prefixes = Dictionary(
        CPIXNames.namespaces.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })

    private var open: [CPIXElement] = []
    private var scopes: [[String: String]] = [[:]]
    private var root: CPIXElement?
    private var elements = 0
    private var isRefused = false
    private var isBroken = false

    /// - Throws: `Failure` (`input`) for what is no XML in UTF-8, has a DOCTYPE, or is larger than any such document.
    static func read(_ data: Data, place: String) throws(Failure) -> CPIXElement {
        do {
            try XMLGuard.check(Array(data), limit: mostBytes, what: "the document")
        } catch {
            throw failure(error.what, place)
        }
        let reader = CPIXTreeReader()
        let parser = XMLParser(data: data)
        parser.shouldResolveExternalEntities = false
        parser.shouldProcessNamespaces = false
        parser.delegate = reader
        let isWellFormed = parser.parse()
        guard !reader.isRefused else {
            throw failure("the document nests deeper, or has more in it, than any real one", place)
        }
        guard isWellFormed, !reader.isBroken, let root = reader.root else {
            throw failure("the document is no well-formed XML (line \(max(1, parser.lineNumber)))", place)
        }
        return root
    }

    private static func failure(_ what: String, _ place: String) -> Failure {
        Failure(
            .input, what: what, place: place.printable,
            remedy: "name a CPIX document in UTF-8, without a DOCTYPE and of at most a mebibyte")
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        elements += 1
        guard open.count < Self.deepest, elements <= Self.mostElements, (scopes.last?.count ?? 0) < Self.mostPrefixes
        else {
            isRefused = true
            parser.abortParsing()
            return
        }
        var scope = scopes.last ?? [:]
        for (name, value) in attributeDict {
            if name == "xmlns" { scope[""] = value }
            if name.hasPrefix("xmlns:") { scope[String(name.dropFirst(6))] = value }
        }
        scopes.append(scope)
        open.append(
            CPIXElement(
                name: Self.known(elementName, in: scope),
                attributes: attributeDict.filter { $0.key != "xmlns" && !$0.key.contains(":") },
                line: max(1, parser.lineNumber)))
    }

    private static func known(_ name: String, in scope: [String: String]) -> String {
        let parts = name.split(separator: ":", maxSplits: 1)
        let (prefix, local) = parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", name)
        return (scope[prefix].flatMap { prefixes[$0] }.map { $0 + ":" } ?? "? ") + local
    }

    /// The parser goes on after some errors, and says at the end that all was well.
    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) { isBroken = true }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let last = open.indices.last { open[last].text += string }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        if let last = open.indices.last { open[last].text += String(decoding: block, as: UTF8.self) }
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard let element = open.popLast() else { return }
        scopes.removeLast()
        if let parent = open.indices.last {
            open[parent].children.append(element)
        } else if root == nil {
            root = element
        }
    }
}
