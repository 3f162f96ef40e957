import MezzCore
import MezzIngest
import Testing

/// A file's packets, made up: a header, packets with sound between them, and an index at the end.
struct PacketTitle: Sendable, CustomTestStringConvertible {
    let name: String
    let frames: Int
    /// Frames from one key frame to the next.
    let group: Int
    /// Of one packet, on average.
    let bytes: Int
    /// Stored as I P b b P b b, shown as I b b P b b P.
    var isReordered = false
    /// Presentation time of the first frame.
    var start = 0.0

    static let rate = Rational(25)
    private static let header = 5_000
    private static let sound = 700
    private static let index = 3_000

    var testDescription: String { name }
    var size: Int { (places.last?.upperBound ?? 0) + Self.index }

    /// Where the packets lie, in the order of the file.
    var places: [Range<Int>] {
        var start = Self.header
        return (0..<frames).map { number in
            // From a half to one and a half times the mean.
            let place = start..<(start + bytes / 2 + (number &* 7_919) % max(bytes, 1))
            start = place.upperBound + Self.sound
            return place
        }
    }

    /// Numbers of the frames in the order of the file.
    var shown: [Int] {
        guard isReordered else { return Array(0..<frames) }
        var order: [Int] = []
        for first in stride(from: 0, to: frames, by: group) {
            let end = min(first + group, frames)
            order.append(first)
            for next in stride(from: first + 1, to: end, by: 3) {
                let last = min(next + 2, end - 1)
                order.append(last)
                order += next..<last
            }
        }
        return order
    }

    func map() throws -> PacketMap {
        let packets = zip(places, shown).map { place, frame in
            PacketMap.Packet(
                bytes: place, seconds: start + Self.rate.seconds(ofFrame: frame), isKey: frame % group == 0)
        }
        return try #require(PacketMap(packets: packets, structure: [0..<Self.header, size - Self.index..<size]))
    }

    var ranges: [FrameRange] {
        let middle = frames / 2
        let ends = [
            (0, 1), (0, 3), (1, 2), (frames - 1, frames), (max(0, frames - 3), frames), (0, frames),
            (middle, middle + 1),
            (middle, min(frames, middle + 30)), (min(frames - 1, group), frames),
        ]
        return ends.filter { $0.0 < $0.1 && $0.1 <= frames }.map { FrameRange(first: $0.0, end: $0.1) }
    }

    /// First and last bytes of all that must be read: what is no packet, and all packets from the key frame before the
    /// range up to the last that is shown in it.
    func needed(_ range: FrameRange, lookBack: Double) -> [Int] {
        let (shown, places) = (shown, places)
        let first = max(0, range.first - Int(lookBack * Self.rate.value))
        let key = first / group * group
        guard let begin = shown.firstIndex(of: key), let end = shown.lastIndex(where: range.contains) else { return [] }
        let packets = places[begin...end].flatMap { [$0.lowerBound, max($0.lowerBound, $0.upperBound - 1)] }
        return [0, Self.header - 1, size - Self.index, size - 1] + packets
    }
}
