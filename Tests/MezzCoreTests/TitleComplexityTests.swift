import MezzCore
import Testing

@Suite("A title's complexity")
struct TitleComplexityTests {
    @Test(
        "categories begin at their border",
        arguments: [
            (0, ComplexityCategory.simpleAnimation), (9.999, .simpleAnimation), (10, .moderateAnimation),
            (29.999, .moderateAnimation), (30, .liveActionDialogue), (59.999, .liveActionDialogue),
            (60, .actionMedium), (99.999, .actionMedium), (100, .actionHigh), (160, .actionHigh),
            (-1, .simpleAnimation), (.infinity, .actionHigh), (.nan, .simpleAnimation),
        ])
    func borders(_ score: Double, _ category: ComplexityCategory) {
        #expect(ComplexityCategory(score: score) == category)
    }

    @Test("bitrates rise with the category")
    func multipliers() {
        #expect(ComplexityCategory.allCases.map(\.multiplier) == [0.5, 0.7, 0.9, 1.0, 1.3])
    }

    @Test("long shots weigh more than short ones")
    func average() {
        let title = TitleComplexity(shots: [(10, 300), (50, 100)])
        #expect(title.average == 20)
        #expect(title.category == .moderateAnimation && title.multiplier == 0.7)
    }

    @Test("the 95th percentile covers 95 of 100 frames and no fewer")
    func percentile() {
        #expect(TitleComplexity(shots: [(90, 5), (20, 95)]).p95 == 20)
        #expect(TitleComplexity(shots: [(90, 6), (20, 94)]).p95 == 90)
        #expect(TitleComplexity(shots: [(7, 1)]).p95 == 7)
    }

    @Test("nothing at all has no complexity")
    func empty() {
        let title = TitleComplexity(shots: [])
        #expect(title.average == 0 && title.p95 == 0 && title.category == .simpleAnimation)
    }
}
