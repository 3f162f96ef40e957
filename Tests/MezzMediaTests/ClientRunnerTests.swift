import Foundation
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("A client of something outside")
struct ClientRunnerTests {
    private let runner = ClientRunner(path: "/nowhere:/usr/bin:/bin")

    private func shell(_ script: String, _ arguments: [String] = []) -> ClientCommand {
        ClientCommand("sh", ["-c", script, "sh"] + arguments)
    }

    @Test("what it prints and how it ends are values")
    func answers() async throws {
        let answer = try await runner.run(shell("echo out; echo err >&2; exit 3"))
        #expect(String(decoding: answer.output, as: UTF8.self) == "out\n")
        #expect(answer.errorTail == ["err"])
        #expect(answer.ending == .exited(3) && !answer.succeeded)
    }

    @Test("arguments are taken literally, and there is nothing to read")
    func literal() async throws {
        let words = ["a b", "$(id)", "; rm", "*", "", "-x", "ü\n"]
        let answer = try await runner.run(shell(#"cat; for word; do printf '%s|' "$word"; done"#, words))
        #expect(String(decoding: answer.output, as: UTF8.self) == words.map { $0 + "|" }.joined())
    }

    @Test("its environment is this process's, the runner's, and the call's before both")
    func environment() async throws {
        let runner = ClientRunner(path: "/usr/bin:/bin", environment: ["MEZZ_ONE": "1", "MEZZ_TWO": "1"])
        var command = shell(#"printf '%s,%s,%s' "$MEZZ_ONE" "$MEZZ_TWO" "${PATH:+set}""#)
        command.environment = ["MEZZ_TWO": "2"]
        #expect(try await String(decoding: runner.run(command).output, as: UTF8.self) == "1,2,set")
    }

    @Test(
        "a program that is nowhere is unavailable", arguments: ["mezz-no-such-program", "/usr/bin", "/nowhere/sh", ""])
    func missing(_ program: String) async throws {
        let failure = await #expect(throws: Failure.self) { try await runner.run(ClientCommand(program, [])) }
        #expect(failure?.status == .unavailable)
    }

    @Test("one that takes too long is ended, its children too, though it prints all the time")
    func timeLimit() async throws {
        try await TestFolder.with { folder in
            let path = folder("pid")
            var command = shell(#"sleep 300 & echo $! >"$1"; while :; do echo x; sleep 0.05; done"#, [path])
            command.seconds = 1
            let started = ContinuousClock.now
            let failure = await #expect(throws: Failure.self) { try await runner.run(command) }
            #expect(failure?.status == .temporary)
            #expect(ContinuousClock.now - started < .seconds(10))
            let child = try #require(Int32(try folder.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
            let limit = ContinuousClock.now + .seconds(5)
            while Self.lives(child), ContinuousClock.now < limit { try await Task.sleep(for: .milliseconds(20)) }
            #expect(!Self.lives(child))
        }
    }

    /// Whether a process runs; one that has ended and waits for its parent does not.
    private static func lives(_ pid: Int32) -> Bool {
        guard let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return false }
        return !String(decoding: stat, as: UTF8.self).contains(") Z ")
    }

    @Test("one that prints too much is ended")
    func outputLimit() async throws {
        var command = ClientCommand("yes", [])
        command.outputLimit = 100_000
        let failure = await #expect(throws: Failure.self) { try await runner.run(command) }
        #expect(failure?.status == .failed)
    }

    @Test("cancelling ends it")
    func cancel() async throws {
        let command = ClientCommand("sleep", ["300"])
        let running = Task { try await runner.run(command) }
        try await Task.sleep(for: .milliseconds(200))
        running.cancel()
        let started = ContinuousClock.now
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(ContinuousClock.now - started < .seconds(5))
    }
}
