import MezzAnalysis
import Testing

@Suite("Temporal information")
struct TemporalDifferenceTests {
    @Test("two samples by hand")
    func byHand() {
        let (before, after) = (DrawnPlane(2, 1) { _, _ in 5 }, DrawnPlane(2, 1) { x, _ in 6 + 2 * x })
        #expect(before.with(after, TemporalDifference.information) == 1)
    }

    @Test("vectors agree with plain loops", arguments: [(480, 270), (7, 5), (8, 1), (17, 9)])
    func twin(_ width: Int, _ height: Int) throws {
        for extreme in [false, true] {
            let first = DrawnPlane.random(width, height, seed: 3, extreme: extreme)
            let second = DrawnPlane.random(width, height, seed: 4, extreme: extreme)
            let found = try #require(first.with(second, TemporalDifference.information))
            let plain = variance(zip(first.samples, second.samples).map { Double($1) - Double($0) }).squareRoot()
            #expect(abs(found - plain) <= 1e-5 * plain)
        }
    }

    @Test("from black to white is the same step everywhere")
    func flash() {
        let (black, white) = (DrawnPlane(480, 270) { _, _ in 0 }, DrawnPlane(480, 270) { _, _ in 255 })
        #expect(black.with(white, TemporalDifference.information) == 0)
    }
}
