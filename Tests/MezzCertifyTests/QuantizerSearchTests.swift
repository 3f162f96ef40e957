import MezzCertify
import Testing

/// The search for the quantizer that fills a level.
@Suite struct QuantizerSearchTests {
    /// Searches where the bits are `share` of the limit, which is 1.
    private func search(
        _ range: ClosedRange<Int>, end: Double = 54, goal: Double = 0.9, share: (Int) -> Double
    ) -> (best: Int?, tries: Int) {
        var search = QuantizerSearch(range, first: 27, end: end, goal: goal)
        var tries = 0
        while let quantizer = search.next, tries < 100 {
            tries += 1
            search.note(share: share(quantizer), isHeld: share(quantizer) <= 1)
        }
        return (search.best, tries)
    }

    @Test(arguments: [1.1, 2, 4, 8]) func findsTheFinestThatFitsWithinThreeTries(_ most: Double) throws {
        let line = { (quantizer: Int) in most * Double(54 - quantizer) / 53 }
        let (best, tries) = search(1...51, share: line)
        #expect((0.88...1).contains(line(try #require(best))))
        #expect(tries <= 3)
    }

    @Test(arguments: [0.8, 0.9, 0.97]) func whatIsNoLineIsFoundAsWell(_ factor: Double) throws {
        let curve = { (quantizer: Int) in
            (0..<quantizer).reduce(5) { share, _ in share * factor }
        }
        let (best, tries) = search(1...63, end: 64, share: curve)
        let found = try #require(best)
        #expect(curve(found) <= 1 && (curve(found) >= 0.9 || curve(found - 1) > 1))
        #expect(tries <= 11)
    }

    @Test func aWrongEndStillEnds() throws {
        for end in [-1000, 0, 27, 52, 1e6] {
            let (best, tries) = search(1...51, end: end) { 6 * Double(54 - $0) / 53 }
            #expect(try #require(best) == 46)
            #expect(tries <= 12)
        }
    }

    @Test func endsWhereNothingFits() {
        let (best, tries) = search(1...51) { 1e9 / Double($0) }
        #expect(best == nil && tries <= 12)
    }

    @Test func takesTheFinestWhereNothingFillsTheLevel() throws {
        #expect(search(1...51) { 0.3 - Double($0) / 1000 }.best == 1)
    }

    @Test func withoutAGoalTheFirstThatFitsWillDo() {
        let (best, tries) = search(1...51, goal: 0) { 27 / Double($0) }
        #expect(best == 27 && tries == 1)
    }

    @Test func strangeSharesDoNotHarmIt() {
        for share in [0, -1, Double.infinity, .nan] {
            var search = QuantizerSearch(1...51, first: 99, end: 54, goal: 0.9)
            var tries = 0
            while search.next != nil, tries < 100 {
                tries += 1
                search.note(share: share, isHeld: false)
            }
            #expect(tries <= 51)
        }
    }
}
