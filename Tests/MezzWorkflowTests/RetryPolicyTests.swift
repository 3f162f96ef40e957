import MezzWorkflow
import Testing

@Suite("The retry policy")
struct RetryPolicyTests {
    @Test("waits double up to the longest", arguments: [(1, 4), (2, 8), (3, 16), (4, 30), (500, 30)])
    func doubling(failures: Int, seconds: Int) {
        let policy = RetryPolicy(first: .seconds(4), longest: .seconds(30), random: { 1 })
        #expect(policy.delay(afterFailures: failures) == .seconds(seconds))
    }

    @Test("jitter takes away up to half")
    func jitter() {
        let policy = RetryPolicy(first: .seconds(4), longest: .seconds(30), random: { 0 })
        #expect(policy.delay(afterFailures: 1) == .seconds(2))
        let usual = RetryPolicy(first: .seconds(4))
        for _ in 0..<100 { #expect((Duration.seconds(2)...(.seconds(4))).contains(usual.delay(afterFailures: 1))) }
    }
}
