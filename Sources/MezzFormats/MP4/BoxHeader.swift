/// Where a box lies (ISO/IEC 14496-12, 4.2).
package struct BoxHeader: Hashable, Sendable {
    package let type: FourCC
    package let start: Int
    /// 8, or 16 with a 64-bit size.
    package let headerBytes: Int
    package let end: Int

    package var payload: Range<Int> { start + headerBytes..<end }
    package var size: Int { end - start }

    /// Boxes of one level after which a file is refused: a real one has two for each segment.
    static let limit = 2_000_000

    /// The boxes that fill `range`, in order. Each must lie inside it.
    package static func list(_ source: some ByteSource, in range: Range<Int>) throws(FormatError) -> [BoxHeader] {
        var boxes: [BoxHeader] = []
        var position = range.lowerBound
        while position < range.upperBound {
            guard boxes.count < limit else { throw FormatError(.tooLarge, "too many boxes", at: position) }
            let box = try read(source, at: position, end: range.upperBound, isTopLevel: range.lowerBound == 0)
            boxes.append(box)
            position = box.end
        }
        return boxes
    }

    /// The box that begins at `start`.
    static func read(
        _ source: some ByteSource, at start: Int, end: Int, isTopLevel: Bool
    ) throws(FormatError) -> BoxHeader {
        guard end - start >= 8 else { throw FormatError(.truncated, "a box header ends early", at: start) }
        let bytes = try source.bytes(start..<min(start + 16, end))
        var cursor = try ByteCursor(bytes, 0..<bytes.count)
        var size = try cursor.u32()
        let type = try cursor.fourCC()
        var headerBytes = 8
        if size == 1 {
            size = try cursor.u63()
            headerBytes = 16
        } else if size == 0 && isTopLevel {
            size = end - start
        }
        guard size >= headerBytes else {
            throw FormatError(.invalid, "box \(type) is smaller than its header", at: start)
        }
        guard size <= end - start else {
            throw FormatError(.truncated, "box \(type) ends beyond its parent", at: start)
        }
        return BoxHeader(type: type, start: start, headerBytes: headerBytes, end: start + size)
    }
}
