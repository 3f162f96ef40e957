/// What stands before the samples of a WAVE stream of 32-bit floats, as FFmpeg writes it into a pipe.
struct WAVEHeader: Hashable, Sendable {
    let channels: Int
    let sampleRate: Int
    /// Zero when no loudspeakers are named.
    let channelMask: UInt32

    /// No writer puts more before the samples.
    static let mostBytes = 1 << 20
    private static let floatFormat: UInt16 = 3
    private static let extensible: UInt16 = 0xFFFE

    /// - Returns: The header and the place of the first sample; `nil` when more bytes are needed.
    /// - Throws: `Unreadable` for anything but a WAVE header of 32-bit floats.
    static func parse(_ bytes: [UInt8]) throws(Unreadable) -> (header: WAVEHeader, end: Int)? {
        guard bytes.count >= 12 else { return nil }
        guard text(bytes, 0) == "RIFF" || text(bytes, 0) == "RF64", text(bytes, 8) == "WAVE" else { throw Unreadable() }
        var place = 12
        var header: WAVEHeader?
        while place + 8 <= bytes.count {
            let (name, size) = (text(bytes, place), Int(word(bytes, place + 4)))
            if name == "data" {
                guard let header else { throw Unreadable() }
                return (header, place + 8)
            }
            guard size < mostBytes, place < mostBytes else { throw Unreadable() }
            guard place + 8 + size <= bytes.count else { return nil }
            if name == "fmt " { header = try format(Array(bytes[place + 8..<place + 8 + size])) }
            place += 8 + size + size % 2
        }
        return nil
    }

    private static func format(_ chunk: [UInt8]) throws(Unreadable) -> WAVEHeader {
        guard chunk.count >= 16 else { throw Unreadable() }
        let tag = half(chunk, 0)
        let isExtended = tag == extensible && chunk.count >= 40
        let kind = isExtended ? half(chunk, 24) : tag
        let header = WAVEHeader(
            channels: Int(half(chunk, 2)), sampleRate: Int(word(chunk, 4)),
            channelMask: isExtended ? word(chunk, 20) : 0)
        guard kind == floatFormat, half(chunk, 14) == 32, 1...ChannelMap.mostChannels ~= header.channels,
            100...1_000_000 ~= header.sampleRate
        else { throw Unreadable() }
        return header
    }

    private static func half(_ bytes: [UInt8], _ place: Int) -> UInt16 {
        UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        UInt32(half(bytes, place)) | UInt32(half(bytes, place + 2)) << 16
    }

    private static func text(_ bytes: [UInt8], _ place: Int) -> String {
        String(decoding: bytes[place..<place + 4], as: UTF8.self)
    }

    /// The bytes are no WAVE stream of 32-bit floats.
    struct Unreadable: Error {}
}
