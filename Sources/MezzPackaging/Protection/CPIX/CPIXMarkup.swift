/// XML to be written, with the prefixes of ``CPIXNames/namespaces``.
struct CPIXMarkup {
    private let name: String
    private let attributes: [(name: String, value: String)]
    private let content: Content

    private enum Content {
        case text(String)
        case children([CPIXMarkup])
    }

    init(_ name: String, _ attributes: [(String, String)] = [], _ children: [CPIXMarkup] = []) {
        self.name = name
        self.attributes = attributes
        content = .children(children)
    }

    init(_ name: String, _ attributes: [(String, String)] = [], text: String) {
        self.name = name
        self.attributes = attributes
        content = .text(text)
    }

    /// With a declaration.
    var document: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text(indent: 0) }

    private func text(indent: Int) -> String {
        let space = String(repeating: "  ", count: indent)
        let start = space + "<" + name + attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
        switch content {
        case .text(let text): return start + ">\(Self.escaped(text))</\(name)>\n"
        case .children(let children) where children.isEmpty: return start + "/>\n"
        case .children(let children):
            return start + ">\n" + children.map { $0.text(indent: indent + 1) }.joined() + space + "</\(name)>\n"
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // A parser makes spaces of these in an attribute.
            case "\n", "\r", "\t": result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
