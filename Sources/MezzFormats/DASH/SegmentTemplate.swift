/// How a representation names its segments, and when each of them is shown.
package struct SegmentTemplate: Hashable, Sendable {
    package struct Segment: Hashable, Sendable {
        package let number: Int
        /// In units of the template's timescale.
        package let time: Int
        package let duration: Int
    }

    package let timescale: Int
    package let initialization: String?
    package let media: String?
    package let startNumber: Int
    /// Fixed length of a segment, where there is no timeline.
    package let duration: Int?
    package let timeline: [Segment]

    /// Segments after which a timeline is refused: a day of one-second segments is 86,400.
    private static let limit = 500_000

    init(_ element: XMLElement) throws(FormatError) {
        timescale = element.number("timescale") ?? 1
        initialization = element.attributes["initialization"]
        media = element.attributes["media"]
        startNumber = element.number("startNumber") ?? 1
        duration = element.number("duration")
        guard timescale > 0 else { throw FormatError(.invalid, "a timescale of nothing", at: 0) }
        timeline = try Self.expand(element.first("SegmentTimeline")?.all("S") ?? [], from: startNumber)
    }

    private static func expand(_ entries: [XMLElement], from start: Int) throws(FormatError) -> [Segment] {
        var segments: [Segment] = []
        var time = 0
        for entry in entries {
            time = entry.number("t") ?? time
            guard let duration = entry.number("d"), duration > 0, time >= 0 else {
                throw FormatError(.invalid, "a timeline entry without a duration", at: segments.count)
            }
            let more = entry.number("r") ?? 0
            guard more >= 0, more < limit - segments.count else {
                throw FormatError(.tooLarge, "a timeline with too many segments", at: segments.count)
            }
            for _ in 0...more {
                segments.append(Segment(number: try sum(start, segments.count, at: 0), time: time, duration: duration))
                time = try sum(time, duration, at: segments.count)
            }
        }
        return segments
    }

    /// The name of a segment: `$Number%05d$`, `$Time$`, `$RepresentationID$`, `$Bandwidth$` and `$$` replaced.
    /// `nil` for a pattern that the standard does not know.
    package static func name(
        _ pattern: String, representation: String, bandwidth: Int?, number: Int = 0, time: Int = 0
    ) -> String? {
        let parts = pattern.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else { return nil }
        var result = ""
        for (index, part) in parts.enumerated() {
            if index % 2 == 0 {
                result += part
                continue
            }
            let pieces = part.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
            guard let width = pieces.count > 1 ? Self.width(pieces[1]) : 0 else { return nil }
            switch pieces[0] {
            case "" where pieces.count == 1: result += "$"
            case "RepresentationID" where pieces.count == 1: result += representation
            case "Number": result += padded(number, width)
            case "Time": result += padded(time, width)
            case "Bandwidth": result += padded(bandwidth ?? 0, width)
            default: return nil
            }
        }
        return result
    }

    /// The width of "05d".
    private static func width(_ format: Substring) -> Int? {
        guard format.hasPrefix("0"), format.hasSuffix("d"), let width = Int(format.dropLast()), width <= 20 else {
            return nil
        }
        return width
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension SegmentTemplate {
    /// Segments of the fixed length that fill a presentation of `seconds`; empty without such a length, and for more segments than any
    /// presentation has.
    package func evenly(_ seconds: Double) -> [Segment] {
        guard let duration, duration > 0, seconds > 0 else { return [] }
        let count = (seconds * Double(timescale) / Double(duration) - 0.001).rounded(.up)
        guard count >= 1, count <= Double(Self.limit) else { return [] }
        return (0..<Int(count)).map { Segment(number: startNumber + $0, time: $0 * duration, duration: duration) }
    }
}
