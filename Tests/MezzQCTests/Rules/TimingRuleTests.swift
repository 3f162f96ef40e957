import MezzCore
import MezzFormats
import MezzQC
import Testing

@Suite("Rules of time and damage")
struct TimingRuleTests {
    private static let ticks = Synthetic.duration

    @Test("A tick of rounding is let through")
    func rounding() throws {
        var stream = try Synthetic.good()
        stream.pictures[50].shift = 1
        stream.presentationStart = 1
        #expect(stream.findings() == [])
    }

    @Test("Decoding that jumps is caught where it jumps", arguments: [-1, 1])
    func decodeOrder(_ direction: Int) throws {
        var stream = try Synthetic.good()
        for number in 40..<100 {
            stream.pictures[number].decodeTime += direction
            stream.pictures[number].shift = Int32(-direction)
        }
        let findings = stream.findings()
        #expect(findings.codes == ["stream.time.order"])
        #expect(findings.first?.place == Finding.Place(stream: "v", frame: 40, seconds: 1.6))
    }

    @Test("A gap is caught, and two pictures at one time")
    func shown() throws {
        var gap = try Synthetic.good()
        gap.pictures[99].shift = Int32(Self.ticks)
        #expect(gap.findings().codes == ["stream.time.gap"])
        #expect(gap.findings().first?.place.frame == 98)
        #expect(gap.findings().first?.message.contains("\(2 * Self.ticks) ticks") == true)
        var twice = try Synthetic.good()
        twice.pictures[99].shift = Int32(-Self.ticks)
        #expect(twice.findings().codes == ["stream.time.order"])
        #expect(twice.findings().first?.place.frame == 99)
    }

    @Test("Pictures in another order than they are decoded in are no gap")
    func reordered() throws {
        var stream = try Synthetic.good()
        // I P B B: shown I B B P; all two pictures later.
        let order = [0, 3, 1, 2]
        for number in stream.pictures.indices {
            stream.pictures[number].shift = Int32((order[number % 4] - number % 4 + 2) * Self.ticks)
        }
        stream.presentationStart = 2 * Self.ticks
        #expect(stream.findings() == [])
    }

    @Test("Pictures of several durations are no gap")
    func variable() throws {
        var stream = try Synthetic.good()
        stream.pictures[10].duration = UInt32(3 * Self.ticks)
        for number in 11..<100 { stream.pictures[number].decodeTime += 2 * Self.ticks }
        #expect(stream.findings() == [])
    }

    @Test("The presentation begins with the first picture")
    func start() throws {
        var stream = try Synthetic.good()
        stream.presentationStart = -Self.ticks
        #expect(stream.findings().codes == ["stream.time.start"])
        #expect(stream.findings().first?.message.contains("512 ticks after") == true)
        stream.presentationStart = Self.ticks
        #expect(stream.findings().codes == ["stream.time.start"])
        #expect(stream.findings().first?.message.contains("cuts 512 ticks off") == true)
        #expect(stream.findings().first?.place.frame == 0)
    }

    @Test("Damage is listed with its picture, ten at most")
    func damage() throws {
        var stream = try Synthetic.good()
        for picture in 20..<50 { stream.damage.append((picture, FormatError(.truncated, "a slice ends", at: 7))) }
        #expect(stream.findings().codes == Array(repeating: "stream.unreadable", count: 10))
        #expect(stream.findings().first?.place == Finding.Place(stream: "v", frame: 20))
        #expect(stream.findings().first?.message.contains("a slice ends") == true)
    }
}
