/// The tags of a document, before a parser sees them: libxml2 compares each attribute with all before it, so that a few
/// megabytes of them in one tag take minutes.
struct XMLTags {
    /// Attributes of one tag; those of manifests and of timed text are below fifty.
    static let mostAttributes = 512

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether a tag has more attributes than any real one.
    var areCrowded: Bool {
        var place = 0
        while let open = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            guard let end = end(ofMarkupAt: open) else { return false }
            if end.attributes > Self.mostAttributes { return true }
            place = end.place
        }
        return false
    }

    /// Where the markup that begins at `open` ends, and how many attributes it has; `nil` when it does not end: then
    /// the parser refuses the document.
    private func end(ofMarkupAt open: Int) -> (place: Int, attributes: Int)? {
        for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
        where bytes[open...].starts(with: start.utf8) {
            return self.end(of: Array(end.utf8), from: open + start.utf8.count).map { ($0, 0) }
        }
        var quote: UInt8?
        var attributes = 0
        for place in open..<bytes.count {
            let byte = bytes[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "=") {
                attributes += 1
                if attributes > Self.mostAttributes { return (place, attributes) }
            } else if byte == UInt8(ascii: ">") {
                return (place + 1, attributes)
            }
        }
        return nil
    }

    private func end(of mark: [UInt8], from start: Int) -> Int? {
        var place = start
        while let found = bytes[min(place, bytes.count)...].firstIndex(of: mark[0]) {
            if bytes[found...].starts(with: mark) { return found + mark.count }
            place = found + 1
        }
        return nil
    }
}
