/// What `esds` says (ISO/IEC 14496-1, 7.2.6; 14496-14, 6.7).
package struct ElementaryStreamRecord: Hashable, Sendable {
    /// objectTypeIndication: 0x40 is MPEG-4 audio, 0x69 and 0x6B MP3, 0x20 MPEG-4 video.
    package let objectType: Int
    /// Bytes of the decoding buffer.
    package let bufferBytes: Int
    /// Bits a second, 0 for unknown.
    package let maxBitrate: Int
    package let averageBitrate: Int
    /// Of MPEG-4 audio.
    package let audio: AudioSpecificConfig?
    /// DecoderSpecificInfo as it is written; may be empty.
    package let specific: [UInt8]

    static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> ElementaryStreamRecord {
        var cursor = try ByteCursor(bytes, payload)
        try cursor.skip(4)
        let stream = try Self.descriptor(3, &cursor)
        var inner = try ByteCursor(bytes, stream)
        try inner.skip(2)
        let flags = try inner.byte()
        if flags & 0x80 != 0 { try inner.skip(2) }
        if flags & 0x40 != 0 { try inner.skip(try inner.byte()) }
        if flags & 0x20 != 0 { try inner.skip(2) }
        var decoder = try ByteCursor(bytes, try Self.descriptor(4, &inner))
        let objectType = try decoder.byte()
        try decoder.skip(1)
        let buffer = Int(try decoder.number(bytes: 3))
        let (most, average) = (try decoder.u32(), try decoder.u32())
        let specific = decoder.remaining > 0 ? try Self.descriptor(5, &decoder) : decoder.position..<decoder.position
        let isAudio = objectType == 0x40 && !specific.isEmpty
        return ElementaryStreamRecord(
            objectType: objectType, bufferBytes: buffer, maxBitrate: most, averageBitrate: average,
            audio: isAudio ? try AudioSpecificConfig.read(bytes, specific) : nil, specific: Array(bytes[specific]))
    }

    /// The payload of the next descriptor, which must have the tag; others are passed over.
    private static func descriptor(_ tag: Int, _ cursor: inout ByteCursor) throws(FormatError) -> Range<Int> {
        while true {
            let found = try cursor.byte()
            var length = 0
            for index in 0..<4 {
                let byte = try cursor.byte()
                length = length << 7 | byte & 0x7F
                if byte & 0x80 == 0 { break }
                guard index < 3 else { throw FormatError(.invalid, "an endless length", at: cursor.position) }
            }
            let start = cursor.position
            try cursor.skip(length)
            if found == tag { return start..<cursor.position }
        }
    }
}
