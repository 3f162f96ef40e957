import MezzFleet
import Testing

@Suite("A line of events")
struct EventLineTests {
    @Test("gives the earliest first, and of equal times the one added first", arguments: 1...20)
    func sorts(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        // Few different times, so that many are equal.
        let times = (0..<Int(seed) * 37).map { _ in Double(random.next() % 50) }
        var line = EventLine<Int>()
        for (number, time) in times.enumerated() { line.add(number, at: time) }
        let expected = times.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
        var found: [(Double, Int)] = []
        while let (time, event) = line.next() { found.append((time, event)) }
        #expect(found.map(\.0) == expected.map(\.element))
        #expect(found.map(\.1) == expected.map(\.offset))
        #expect(line.isEmpty && line.next() == nil)
    }

    @Test("keeps its order when events are added between", arguments: 1...20)
    func mixed(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var line = EventLine<Int>()
        var twin: [(time: Double, number: Int)] = []
        for number in 0..<2_000 {
            if random.share() < 0.6 {
                let time = Double(random.next() % 100) - 50
                line.add(number, at: time)
                twin.append((time, number))
                continue
            }
            let least = twin.indices.min { (twin[$0].time, twin[$0].number) < (twin[$1].time, twin[$1].number) }
            let next = line.next()
            #expect(next?.event == least.map { twin[$0].number })
            #expect(next?.time == least.map { twin[$0].time })
            if let least { twin.remove(at: least) }
            #expect(line.isEmpty == twin.isEmpty)
        }
    }
}
