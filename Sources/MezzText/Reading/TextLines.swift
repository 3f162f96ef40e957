/// The lines of a text, ended by CR, LF or both, as WebVTT (section 6.1) and SubRip have them; U+0000 becomes U+FFFD.
struct TextLines {
    let lines: [Substring]

    init(_ bytes: [UInt8]) {
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var wasReturn = false
        for byte in bytes {
            switch byte {
            case 0x0D: clean.append(0x0A)
            case 0x0A: if !wasReturn { clean.append(0x0A) }
            case 0: clean += [0xEF, 0xBF, 0xBD]
            default: clean.append(byte)
            }
            wasReturn = byte == 0x0D
        }
        // Split by bytes: as characters, a line feed and a combining mark after it would be one.
        let text = String(decoding: clean, as: UTF8.self)
        let units = text.utf8
        var lines: [Substring] = []
        var start = units.startIndex
        while let end = units[start...].firstIndex(of: 0x0A) {
            lines.append(text[start..<end])
            start = units.index(after: end)
        }
        if start < units.endIndex { lines.append(text[start...]) }
        self.lines = lines
    }
}

extension Substring {
    /// Without spaces and tabs at either end.
    var trimmed: Substring {
        var units = utf8[...]
        while let first = units.first, first == 0x20 || first == 0x09 { units.removeFirst() }
        while let last = units.last, last == 0x20 || last == 0x09 { units.removeLast() }
        return Substring(units)
    }
}
