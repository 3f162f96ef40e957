import MezzFormats
import Testing

@Suite("Rates of segments as HLS counts them")
struct SegmentRatesTests {
    private static func rates(_ segments: [(Double, Int)]) -> SegmentRates {
        SegmentRates(segments.map { (seconds: $0.0, bytes: $0.1) })
    }

    @Test("the peak counts wherever it stands, the eleventh segment too")
    func late() {
        let segments = (0..<20).map { (4.0, $0 == 10 ? 400_000 : 100_000) }
        let rates = Self.rates(segments)
        #expect(rates.peak == 800_000)
        #expect(abs(rates.average - 230_000) < 0.001)
    }

    @Test("a short segment counts with its neighbours, a very short one not by itself")
    func short() {
        // Half a second of 8 times the rate: with the four seconds before it less than one and a half targets.
        let rates = Self.rates([(4, 100_000), (4, 100_000), (0.5, 100_000)])
        #expect(abs(rates.peak - 200_000 * 8 / 4.5) < 0.001)
        #expect(Self.rates([(4, 100_000), (2, 100_000)]).peak == 400_000)
    }

    @Test("one segment, none, and segments without a length have rates that are numbers")
    func few() {
        #expect(Self.rates([(2, 1000)]).peak == 4000 && Self.rates([(2, 1000)]).average == 4000)
        #expect(Self.rates([]).peak == 0)
        let odd = Self.rates([(0, 1000), (0, 1000)])
        #expect(odd.peak == 0 && odd.average == 0)
        #expect(Self.rates([(4, 100), (0, 1_000_000), (4, 100)]).peak.isFinite)
    }
}
