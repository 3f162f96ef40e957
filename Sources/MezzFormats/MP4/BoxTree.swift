/// A box in memory with the boxes inside it.
struct BoxTree {
    let header: BoxHeader
    let children: [BoxTree]

    /// Boxes that hold nothing but boxes.
    private static let containers: Set<FourCC> = [
        "moov", "trak", "edts", "mdia", "minf", "stbl", "mvex", "moof", "traf",
    ]
    private static let depthLimit = 8

    /// The tree of `bytes`, which hold one box.
    static func read(_ bytes: [UInt8]) throws(FormatError) -> BoxTree {
        guard let header = try BoxHeader.list(bytes, in: 0..<bytes.count).first else {
            throw FormatError(.truncated, "an empty box", at: 0)
        }
        return try read(bytes, header, depth: 0)
    }

    private static func read(_ bytes: [UInt8], _ header: BoxHeader, depth: Int) throws(FormatError) -> BoxTree {
        guard containers.contains(header.type) else { return BoxTree(header: header, children: []) }
        guard depth < depthLimit else { throw FormatError(.tooLarge, "boxes nested too deeply", at: header.start) }
        var children: [BoxTree] = []
        for child in try BoxHeader.list(bytes, in: header.payload) {
            children.append(try read(bytes, child, depth: depth + 1))
        }
        return BoxTree(header: header, children: children)
    }

    func all(_ type: FourCC) -> [BoxTree] { children.filter { $0.header.type == type } }

    /// The first box at the end of a path of types.
    func first(_ path: FourCC...) -> BoxTree? {
        var box = self
        for type in path {
            guard let next = box.children.first(where: { $0.header.type == type }) else { return nil }
            box = next
        }
        return box
    }

    /// The first box at the end of a path of types, or an error that names it.
    func required(_ type: FourCC) throws(FormatError) -> BoxTree {
        guard let box = first(type) else {
            throw FormatError(.invalid, "no box \(type) inside \(header.type)", at: header.start)
        }
        return box
    }
}
