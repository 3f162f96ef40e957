import MezzCore
import MezzFleet
import MezzMedia
import Testing

@Suite("An intake that cannot begin")
struct IntakeRefusalTests {
    @Test(
        "addresses that are none are refused",
        arguments: ["", "queue", "file:///etc/passwd", "https://a b", "http://x\ny"])
    func addresses(_ url: String) {
        #expect(throws: Failure.self) { try MessageQueue(url: url, runner: ClientRunner(path: "")) }
    }

    @Test("a missing client is a reason to end")
    func missing() async throws {
        let queue = try MessageQueue(url: "https://queue.example/1/q", runner: ClientRunner(path: ""))
        let failure = await #expect(throws: Failure.self) { try await QueueIntake(queue: queue) { _ in }.run() }
        #expect(failure?.status == .unavailable)
    }
}
