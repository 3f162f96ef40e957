/// The bases of a ruby container and what is written beside them, in their order (TTML 2, section 10.2.35).
struct TTMLRuby {
    private(set) var bases: [String] = []
    private(set) var annotations: [String] = []

    init(_ container: TTMLElement, _ styles: TTMLStyles) {
        add(container, styles)
    }

    private mutating func add(_ element: TTMLElement, _ styles: TTMLStyles) {
        for child in element.children where child.name == "span" {
            switch styles.specified(child)["tts:ruby"] {
            case "base": bases.append(Self.plainText(child))
            case "text": annotations.append(Self.plainText(child))
            case "baseContainer", "textContainer": add(child, styles)
            default: break
            }
        }
    }

    private static func plainText(_ element: TTMLElement) -> String {
        text(of: element).split { $0.unicodeScalars.allSatisfy(TTMLParagraph.isBlank) }.joined(separator: " ")
    }

    private static func text(of element: TTMLElement) -> String {
        var text = ""
        for content in element.content {
            switch content {
            case .text(let part): text += part
            case .element(let child): text += child.name == "br" ? " " : self.text(of: child)
            }
        }
        return text
    }
}
