/// An element of the ADM's XML with all below it, blocks apart.
struct ADMElement {
    /// Without a namespace prefix: writers use several.
    let name: String
    let attributes: [String: String]
    /// Of the document's root alone; `nil` without one.
    var namespace: String?
    var children: [ADMElement] = []
    var text = ""
    /// The audioBlockFormats directly below, already read: a film has hundreds of thousands.
    var blocks: [ADMBlock] = []

    subscript(attribute: String) -> String? { attributes[attribute] }

    func all(_ name: String) -> [ADMElement] { children.filter { $0.name == name } }

    /// The text of all children of a name.
    func texts(_ name: String) -> [String] { all(name).map(\.trimmedText).filter { !$0.isEmpty } }

    func text(_ name: String) -> String? { texts(name).first }

    /// Ids that children of a name refer to.
    func references(_ name: String) -> [String] { texts(name).map { $0.uppercased() } }

    var trimmedText: String { text.trimmed }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
