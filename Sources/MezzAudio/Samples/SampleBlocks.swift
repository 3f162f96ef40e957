/// Cuts a WAVE stream, which comes in pieces of any length, into blocks of 100 ms of interleaved samples.
///
/// Samples that are no numbers, or louder than any converter gives, would stay in the filters of a meter for ever:
/// they become silence and are counted.
struct SampleBlocks {
    private(set) var header: WAVEHeader?
    /// Samples, over all channels, that were made silent.
    private(set) var spoiled = 0

    private var head: [UInt8] = []
    private var block: [Float] = []
    private var partial: [UInt8] = []

    /// 80 dB over full scale.
    private static let loudest: Float = 10_000

    /// Frames (one sample of each channel) in a block.
    static func frames(atRate rate: Int) -> Int { max(1, (rate + 5) / 10) }

    /// - Parameters:
    ///   - begin: Called once, before the first block.
    ///   - take: Called for each whole block.
    mutating func append(
        _ bytes: UnsafeRawBufferPointer, begin: (WAVEHeader) throws -> Void, take: ([Float]) throws -> Void
    ) throws {
        guard header != nil else {
            head.append(contentsOf: bytes)
            guard head.count <= WAVEHeader.mostBytes * 2 else { throw WAVEHeader.Unreadable() }
            guard let (found, end) = try WAVEHeader.parse(head) else { return }
            header = found
            let rest = Array(head[end...])
            head = []
            try begin(found)
            return try rest.withUnsafeBytes { try collect($0, found, take) }
        }
        guard let header else { return }
        try collect(bytes, header, take)
    }

    /// The frames after the last whole block, fewer than a block holds. A frame that was cut off is left out.
    func rest() -> [Float] {
        guard let header else { return [] }
        return Array(block.prefix(block.count / header.channels * header.channels))
    }

    private mutating func collect(
        _ bytes: UnsafeRawBufferPointer, _ header: WAVEHeader, _ take: ([Float]) throws -> Void
    ) throws {
        let wanted = Self.frames(atRate: header.sampleRate) * header.channels
        var place = 0
        while !partial.isEmpty, place < bytes.count {
            partial.append(bytes[place])
            place += 1
            guard partial.count == 4 else { continue }
            partial.withUnsafeBytes { add($0.loadUnaligned(as: Float.self)) }
            partial.removeAll()
        }
        if block.count == wanted { try flush(take) }
        while bytes.count - place >= 4 {
            let count = min(wanted - block.count, (bytes.count - place) / 4)
            for number in 0..<count { add(bytes.loadUnaligned(fromByteOffset: place + 4 * number, as: Float.self)) }
            place += 4 * count
            if block.count == wanted { try flush(take) }
        }
        partial.append(contentsOf: bytes[place...])
    }

    private mutating func add(_ sample: Float) {
        if abs(sample) <= Self.loudest {
            block.append(sample)
        } else {
            block.append(0)
            spoiled += 1
        }
    }

    private mutating func flush(_ take: ([Float]) throws -> Void) throws {
        try take(block)
        block.removeAll(keepingCapacity: true)
    }
}
