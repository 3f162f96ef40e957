import Foundation
import Glibc
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Running a tool")
struct ChildProcessTests {
    @Test("its exit code is a value to those who ask for it", arguments: [0, 1, 2, 69, 255] as [Int32])
    func exitCodes(_ code: Int32) async throws {
        let result = try await Rig.shell().attempt(Rig.script("exit \(code)"))
        #expect(result.ending == .exited(code))
        #expect(result.succeeded == (code == 0))
    }

    @Test("an unsuccessful end is an error with the tool's last words")
    func lastWords() async throws {
        let script = "for n in 1 2 3 4 5 6 7 8 9 10; do echo line $n >&2; done; exit 3"
        let failure = await #expect(throws: Failure.self) { try await Rig.shell().run(Rig.script(script)) }
        #expect(failure?.status == .failed)
        #expect(failure?.what == "ffmpeg failed with exit code 3")
        #expect(failure?.place == "film.mov")
        #expect(failure?.detail.hasPrefix("line 3\n") == true && failure?.detail.hasSuffix("line 10") == true)
    }

    @Test("standard error is kept as a tail, however much there is")
    func errorTail() async throws {
        let result = try await Rig.shell().attempt(Rig.script("seq 1 200000 >&2; printf last >&2"))
        #expect(result.errorTail.last == "last")
        #expect(result.errorTail.count <= 41)
    }

    @Test("50 MB of output arrive whole and in order, and so does the end of a slow reader's")
    func streaming() async throws {
        var count = 0
        var wrong = 0
        var paused = false
        let line = [UInt8]("0123456789abcdef".utf8)
        let script = "yes 0123456789abcdef | tr -d '\\n' | head -c 52428800"
        try await Rig.shell().run(Rig.script(script)) { bytes in
            for byte in bytes {
                if byte != line[count & 15] { wrong += 1 }
                count += 1
            }
            // The child has ended when the last pieces are read.
            if !paused, count > 52_400_000 {
                paused = true
                usleep(200_000)
            }
        }
        #expect(count == 52_428_800)
        #expect(wrong == 0 && paused)
    }

    @Test("collected output has a limit, after which the tool is ended and the input is to blame")
    func collecting() async throws {
        let small = try await Rig.shell().collect(Rig.script("printf abc"), limit: 3)
        #expect(small == Data("abc".utf8))
        let failure = await #expect(throws: Failure.self) {
            _ = try await Rig.shell().collect(Rig.script("yes"), limit: 100_000)
        }
        #expect(failure?.status == .input)
    }

    @Test("there is no standard input, and arguments are taken literally")
    func surroundings() async throws {
        #expect(try await Rig.shell().collect(Rig.script("cat; printf end")) == Data("end".utf8))
        let hostile = ["$(exit 9)", "a b", "'\"", "--", "-x", "*", "ü\n"]
        let command = ToolCommand(.ffmpeg, ["-c", "printf '%s|' \"$@\"", "sh"] + hostile, subject: "film.mov")
        let output = try await Rig.shell().collect(command)
        #expect(String(decoding: output, as: UTF8.self) == hostile.joined(separator: "|") + "|")
    }

    @Test("it runs in the folder it is given, in the C locale")
    func folder() async throws {
        try await TestFolder.with { folder in
            let output = try await Rig.shell().collect(Rig.script("pwd; echo $LC_ALL", folder: folder.path))
            #expect(String(decoding: output, as: UTF8.self) == "\(folder.path)\nC\n")
        }
    }

    @Test("a tool that this machine lacks is unavailable")
    func missing() async {
        let failure = await #expect(throws: Failure.self) {
            try await ToolRunner(tools: ToolSet([])).run(Rig.script("exit 0"))
        }
        #expect(failure?.status == .unavailable)
    }

    @Test("a program that cannot be started is an error, not a trap")
    func notAProgram() async {
        let broken = FoundTool(tool: .ffmpeg, path: "/dev/null/nothing", version: "0", features: [])
        await #expect(throws: Failure.self) {
            try await ToolRunner(tools: ToolSet([broken])).run(Rig.script("exit 0"))
        }
    }

    @Test("its CPU time is accounted, children of its own included")
    func cpuSeconds() async throws {
        let meter = UsageMeter()
        // The shell waits while a child of its own spins for a second of CPU. The kernel counts that limit in whole ticks,
        // so on a busy machine it may come a third too early.
        let script = "ulimit -t 1; (while :; do :; done); exit 0"
        let result = try await Rig.shell(meter: meter).attempt(Rig.script(script))
        #expect((0.5...1.5).contains(result.cpuSeconds), "\(result.cpuSeconds)")
        #expect(meter.cpuSeconds == result.cpuSeconds)
        let idle = try await Rig.shell(meter: meter).attempt(Rig.script("sleep 0.2"))
        #expect(idle.cpuSeconds < 0.1 && idle.wallSeconds >= 0.2)
    }

    @Test("a failed call is accounted too")
    func failedIsAccounted() async throws {
        let meter = UsageMeter()
        let script = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; exit 1"
        await #expect(throws: Failure.self) { try await Rig.shell(meter: meter).run(Rig.script(script)) }
        #expect(meter.cpuSeconds > 0)
    }
}

@Suite("Ending a tool", .serialized, .timeLimit(.minutes(2)))
struct ChildEndingTests {
    /// Scripts whose processes resist being ended. Each leaves a process whose environment holds the mark.
    static let stubborn = [
        "sleep 61 & wait",
        "trap '' TERM; sleep 61 & while :; do sleep 0.1; done",
        // The shell goes at once; what it started does not.
        "(trap '' TERM; while :; do sleep 0.1; done) & wait",
        "(trap '' TERM; exec >/dev/null 2>&1; while :; do sleep 0.1; done) & sleep 61",
        // Closed streams do not end the wait.
        "exec >/dev/null 2>&1; sleep 61",
    ]

    @Test("cancelling leaves nothing of its process group alive", arguments: stubborn)
    func cancelled(_ script: String) async throws {
        let mark = UUID().uuidString
        let task = Task {
            try await Rig.shell().run(Rig.script("export MARK=\(mark); \(script)"))
        }
        try await waitUntil { Self.alive(mark) > 0 }
        let asked = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(asked.duration(to: .now) < .seconds(30))
        try await waitUntil { Self.alive(mark) == 0 }
        #expect(Self.alive(mark) == 0)
    }

    @Test("a task that is cancelled already starts nothing that stays")
    func cancelledBefore() async throws {
        let mark = UUID().uuidString
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await Rig.shell().run(Rig.script("export MARK=\(mark); sleep 61 & wait"))
        }
        await #expect(throws: (any Error).self) { try await task.value }
        try await waitUntil { Self.alive(mark) == 0 }
    }

    @Test("a receiver that throws ends the tool, and its error is what the caller gets")
    func throwingReceiver() async throws {
        struct Stop: Error {}
        let mark = UUID().uuidString
        let started = ContinuousClock.now
        await #expect(throws: Stop.self) {
            try await Rig.shell().run(Rig.script("export MARK=\(mark); sleep 61 & yes")) { _ in throw Stop() }
        }
        #expect(started.duration(to: .now) < .seconds(30))
        try await waitUntil { Self.alive(mark) == 0 }
        #expect(Self.alive(mark) == 0)
    }

    @Test("what a finished tool leaves behind is ended with it")
    func leftBehind() async throws {
        let mark = UUID().uuidString
        let started = ContinuousClock.now
        let result = try await Rig.shell().attempt(Rig.script("export MARK=\(mark); sleep 61 & exit 0"))
        #expect(result.succeeded)
        #expect(started.duration(to: .now) < .seconds(30))
        try await waitUntil { Self.alive(mark) == 0 }
        #expect(Self.alive(mark) == 0)
    }

    @Test("a tool dies with the process that started it, however that ends")
    func orphans() async throws {
        let mark = UUID().uuidString
        await #expect(processExitsWith: .signal(SIGKILL)) { [mark = mark as String] in
            let child = Task { try await Rig.shell().run(Rig.script("export MARK=\(mark); exec sleep 61")) }
            while ChildEndingTests.alive(mark) == 0 { try await Task.sleep(for: .milliseconds(20)) }
            kill(getpid(), SIGKILL)
            _ = try await child.value
        }
        try await waitUntil { Self.alive(mark) == 0 }
        #expect(Self.alive(mark) == 0)
    }

    /// Living processes that carry the mark: in the environment of a program, or in the script of a shell.
    static func alive(_ mark: String) -> Int {
        let wanted = Data("MARK=\(mark)".utf8)
        return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { name in
            guard let pid = Int32(name), pid != getpid() else { return false }
            return ["environ", "cmdline"].contains { file in
                FileManager.default.contents(atPath: "/proc/\(pid)/\(file)")?.range(of: wanted) != nil
            }
        }.count
    }

    /// Waits up to four seconds for `condition`.
    private func waitUntil(_ condition: () -> Bool) async throws {
        for _ in 0..<200 where !condition() { try await Task.sleep(for: .milliseconds(20)) }
    }
}
