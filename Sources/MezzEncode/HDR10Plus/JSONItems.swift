import MezzFormats

/// Finds the objects in the top level of a JSON file and in its arrays, without holding the file in memory.
///
/// What lies between them is not checked beyond its nesting; each object is to be decoded by itself.
struct JSONItems {
    struct Item: Hashable {
        /// Of the object itself, or of the array that it is in.
        let key: String
        let bytes: Range<Int>
    }

    /// Bytes of an object beyond which the file is refused.
    static let mostBytes = 1 << 20
    private static let mostDepth = 32
    private static let longestKey = 256
    /// The byte-order mark of UTF-8, which some tools put first.
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let window = 1 << 20

    private let source: FileBytes
    private var position = 0
    private var held = 0..<0
    private var bytes: [UInt8] = []
    private var depth = 0
    /// The last string at the top level.
    private var key: [UInt8] = []
    /// Where an object began, and how deep it lies.
    private var start: (place: Int, depth: Int)?
    private var isArray = false

    init(_ source: FileBytes) {
        self.source = source
    }

    /// - Returns: `nil` after the last.
    /// - Throws: `FormatError` for a file that is no JSON object, ends early, or nests or holds too much.
    mutating func next() throws(FormatError) -> Item? {
        while let byte = try take() {
            switch byte {
            case UInt8(ascii: "\""): try readString()
            case UInt8(ascii: "{"), UInt8(ascii: "["): try open(byte)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): if let item = try close(byte) { return item }
            default:
                guard depth > 0 || Self.isSpace(byte) || !hasBegun && Self.mark.contains(byte) else {
                    throw FormatError(.invalid, "something outside the JSON object", at: position - 1)
                }
            }
            if let start, position - start.place > Self.mostBytes {
                throw FormatError(.tooLarge, "a JSON object of more than \(Self.mostBytes) bytes", at: start.place)
            }
        }
        guard depth == 0, hasBegun else { throw FormatError(.truncated, "the JSON ends early", at: position) }
        return nil
    }

    private var hasBegun = false

    private mutating func open(_ byte: UInt8) throws(FormatError) {
        guard depth < Self.mostDepth else { throw FormatError(.tooLarge, "JSON nested too deeply", at: position - 1) }
        guard depth > 0 || byte == UInt8(ascii: "{") && !hasBegun else {
            throw FormatError(.invalid, "not one JSON object", at: position - 1)
        }
        hasBegun = true
        if depth == 1 { isArray = byte == UInt8(ascii: "[") }
        let isItem = byte == UInt8(ascii: "{") && (depth == 1 || depth == 2 && isArray)
        if isItem, start == nil { start = (position - 1, depth) }
        depth += 1
    }

    private mutating func close(_ byte: UInt8) throws(FormatError) -> Item? {
        guard depth > 0 else { throw FormatError(.invalid, "a bracket too many", at: position - 1) }
        depth -= 1
        guard let start, depth == start.depth else { return nil }
        self.start = nil
        guard byte == UInt8(ascii: "}") else { throw FormatError(.invalid, "brackets that do not match", at: position) }
        return Item(key: String(decoding: key, as: UTF8.self), bytes: start.place..<position)
    }

    private mutating func readString() throws(FormatError) {
        let isKey = depth == 1
        if isKey { key = [] }
        var isEscaped = false
        while let byte = try take() {
            if !isEscaped, byte == UInt8(ascii: "\"") { return }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            if isKey, key.count < Self.longestKey { key.append(byte) }
            if let start, position - start.place > Self.mostBytes { return }
        }
    }

    private mutating func take() throws(FormatError) -> UInt8? {
        guard position < source.count else { return nil }
        if !held.contains(position) {
            held = position..<min(position + Self.window, source.count)
            bytes = try source.bytes(held)
        }
        position += 1
        return bytes[position - 1 - held.lowerBound]
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
