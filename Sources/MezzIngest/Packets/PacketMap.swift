package import MezzCore

/// Where the packets of a source lie in its file: what tells a reader of some frames which bytes it can do without.
///
/// The map is a hint. Whoever reads a file of which only some parts are there compares the frames with the frame index
/// and takes the whole file where they differ.
package struct PacketMap: Hashable, Sendable {
    /// A packet of the picture, in the order of the file.
    package struct Packet: Hashable, Sendable {
        package let bytes: Range<Int>
        /// On the container's clock.
        package let seconds: Double
        /// Whether decoding may begin with it.
        package let isKey: Bool

        package init(bytes: Range<Int>, seconds: Double, isKey: Bool) {
            self.bytes = bytes
            self.seconds = seconds
            self.isKey = isKey
        }
    }

    /// In decoding order.
    package let packets: [Packet]
    /// What lies between packets, of any stream, and is large enough to matter: headers, indexes, footers.
    package let structure: [Range<Int>]
    /// Presentation time of the first picture.
    private let firstSeconds: Double

    /// - Returns: nil without packets.
    package init?(packets: [Packet], structure: [Range<Int>]) {
        guard let first = packets.map(\.seconds).min() else { return nil }
        self.packets = packets
        self.structure = structure
        firstSeconds = first
    }

    /// Packets read past the last wanted one: decoders hold pictures back, and readers run ahead.
    private static let ahead = 64
    /// Packets at the beginning of the file, by which FFmpeg learns about the streams before it goes anywhere else:
    /// without them it searches a Matroska file for a cluster, and takes the first that it finds for the beginning.
    private static let opening = 8
    /// Bytes around the wanted packets that come with them: some containers count a packet from behind its own header.
    private static let margin = 65_536

    /// The bytes that a reader of `range` needs, ascending and apart from each other.
    ///
    /// - Parameters:
    ///   - rate: Frames per second of the grid that frames are counted on.
    ///   - lookBack: Seconds before the range that filters want to see.
    ///   - size: Bytes of the file.
    package func bytes(for range: FrameRange, rate: Rational, lookBack: Double, size: Int) -> [Range<Int>] {
        let begin = firstSeconds + rate.seconds(ofFrame: range.first) - lookBack
        let end = firstSeconds + rate.seconds(ofFrame: range.end)
        guard let last = packets.lastIndex(where: { $0.seconds < end }) else {
            return Self.joined(structure, within: size)
        }
        let wanted = packets[start(before: begin)...min(last + Self.ahead, packets.count - 1)]
        let opening = packets.prefix(Self.opening)
        // A map may be about another file: nothing is computed with places beyond the end of this one.
        let spans = (opening + wanted).map { packet in
            let bytes = packet.bytes.clamped(to: 0..<size)
            return bytes.lowerBound - Self.margin..<bytes.upperBound + Self.margin
        }
        return Self.joined(spans + structure, within: size)
    }

    /// The key packet before the last one that could begin the decoding: FFmpeg may take the one before where pictures
    /// are shown in another order than they are stored.
    private func start(before seconds: Double) -> Int {
        var keys = packets.indices.filter { packets[$0].isKey && packets[$0].seconds <= seconds }
        _ = keys.popLast()
        return keys.last ?? 0
    }

    private static func joined(_ spans: [Range<Int>], within size: Int) -> [Range<Int>] {
        var result: [Range<Int>] = []
        let inside = spans.map { $0.clamped(to: 0..<size) }
        for span in inside.sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
            if let last = result.last, span.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                result.append(span)
            }
        }
        return result
    }
}

extension PacketMap: Codable {
    private enum CodingKeys: String, CodingKey {
        case positions, sizes, micros, keys, structure
    }

    /// In columns, which costs a third of what a list of objects would.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(packets.map(\.bytes.lowerBound), forKey: .positions)
        try container.encode(packets.map(\.bytes.count), forKey: .sizes)
        try container.encode(packets.map { Int(($0.seconds * 1_000_000).rounded()) }, forKey: .micros)
        try container.encode(packets.indices.filter { packets[$0].isKey }, forKey: .keys)
        try container.encode(structure.flatMap { [$0.lowerBound, $0.upperBound] }, forKey: .structure)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let positions = try container.decode([Int].self, forKey: .positions)
        let sizes = try container.decode([Int].self, forKey: .sizes)
        let micros = try container.decode([Int].self, forKey: .micros)
        let keys = Set(try container.decode([Int].self, forKey: .keys))
        let ends = try container.decode([Int].self, forKey: .structure)
        let isSound =
            positions.count == sizes.count && sizes.count == micros.count && ends.count % 2 == 0
            && zip(positions, sizes).allSatisfy { Self.isSpan($0, $1) }
            && stride(from: 0, to: ends.count, by: 2).allSatisfy { ends[$0] >= 0 && ends[$0] <= ends[$0 + 1] }
        let packets = positions.indices.map { number in
            isSound
                ? Packet(
                    bytes: positions[number]..<(positions[number] + sizes[number]),
                    seconds: Double(micros[number]) / 1_000_000, isKey: keys.contains(number))
                : Packet(bytes: 0..<0, seconds: 0, isKey: true)
        }
        let structure = stride(from: 0, to: isSound ? ends.count : 0, by: 2).map { ends[$0]..<ends[$0 + 1] }
        guard isSound, let map = PacketMap(packets: packets, structure: structure) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "the columns of a packet map do not fit"))
        }
        self = map
    }

    private static func isSpan(_ start: Int, _ count: Int) -> Bool {
        start >= 0 && count >= 0 && start <= Int.max - count
    }
}
