/// One supplemental enhancement information message, its payload without emulation prevention bytes.
struct SEIMessage: Hashable, Sendable {
    let type: Int
    /// At most `SEIMessages.keptBytes` of the payload.
    let payload: [UInt8]

    /// A reader of the payload.
    var bits: BitReader {
        get throws(FormatError) { try BitReader(payload, 0..<payload.count, isEscaped: false) }
    }
}

/// Reads the messages of an SEI NAL unit: sei_rbsp (H.264 7.3.2.3, H.265 7.3.2.4; the same in both).
enum SEIMessages {
    /// Everything that is read here is shorter; user data may be of any size.
    static let keptBytes = 512
    /// Messages of one NAL unit beyond which it is refused.
    private static let mostMessages = 256

    /// The messages whose types `isWanted` names, in order, and the types of all.
    /// - Parameter payload: The NAL unit without its header.
    static func read(
        _ bytes: [UInt8], _ payload: Range<Int>, isWanted: (Int) -> Bool
    ) throws(FormatError) -> (messages: [SEIMessage], types: [Int]) {
        var bits = try BitReader(bytes, payload)
        var messages: [SEIMessage] = []
        var types: [Int] = []
        repeat {
            guard types.count < mostMessages else {
                throw FormatError(.tooLarge, "too many SEI messages", at: bits.position)
            }
            let type = try chained(&bits)
            let size = try chained(&bits)
            guard size <= payload.upperBound - bits.position else {
                throw FormatError(.truncated, "an SEI message is longer than its NAL unit", at: bits.position)
            }
            types.append(type)
            let kept = isWanted(type) ? min(size, keptBytes) : 0
            var body: [UInt8] = []
            body.reserveCapacity(kept)
            for _ in 0..<kept { body.append(UInt8(truncatingIfNeeded: try bits.bits(8))) }
            try bits.skip(bits: (size - kept) * 8)
            if isWanted(type) { messages.append(SEIMessage(type: type, payload: body)) }
        } while bits.hasMoreData
        return (messages, types)
    }

    /// Bytes of 255 and a last one, summed.
    private static func chained(_ bits: inout BitReader) throws(FormatError) -> Int {
        var sum = 0
        while true {
            let byte = try bits.bits(8)
            sum += byte
            if byte != 255 { return sum }
        }
    }
}
