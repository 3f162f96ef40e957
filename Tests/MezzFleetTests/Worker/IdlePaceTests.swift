import MezzFleet
import Testing

@Suite("The pace of an idle worker")
struct IdlePaceTests {
    @Test("asks ever less often, down to a limit")
    func slowsDown() {
        var pace = IdlePace()
        var (patience, spread) = ([pace.patience], [pace.spread])
        for _ in 0..<10 {
            pace.foundNothing()
            patience.append(pace.patience)
            spread.append(pace.spread)
        }
        #expect(patience == [5, 10, 20, 40, 40, 40, 40, 40, 40, 40, 40])
        let expected = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 2.56, 2.56]
        #expect(zip(spread, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test("is eager again as soon as there was work")
    func recovers() {
        var pace = IdlePace()
        for _ in 0..<1_000 { pace.foundNothing() }
        pace.foundWork()
        #expect(pace == IdlePace())
    }
}
