import Foundation
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Limits of a tool", .serialized, .timeLimit(.minutes(2)))
struct ProcessLimitTests {
    @Test("a tool that neither works nor speaks counts as hung, and may be tried again")
    func stalled() async throws {
        let started = ContinuousClock.now
        let limits = ProcessLimits(stallSeconds: 0.5)
        let result = try await Rig.shell().attempt(Rig.script("echo hello >&2; sleep 60", limits: limits))
        #expect(result.ending == .stalled(seconds: 0.5))
        #expect(!result.succeeded && result.errorTail == ["hello"])
        #expect(started.duration(to: .now) < .seconds(30))
        let failure = await #expect(throws: Failure.self) {
            try await Rig.shell().run(Rig.script("exec sleep 60", limits: limits))
        }
        #expect(failure?.status == .temporary)
        #expect(failure?.what.contains("no life") == true)
    }

    @Test("the little work of a waiting loop is no sign of life, however long it goes on")
    func idling() async throws {
        let result = try await Rig.shell().attempt(
            Rig.script("while :; do sleep 0.5; done", limits: ProcessLimits(stallSeconds: 2)))
        #expect(result.ending == .stalled(seconds: 2))
        #expect(result.wallSeconds < 30)
    }

    @Test("a tool that is hung and holds only its error stream counts as hung too")
    func stalledAfterClosing() async throws {
        let result = try await Rig.shell().attempt(
            Rig.script("exec >/dev/null; sleep 60", limits: ProcessLimits(stallSeconds: 0.5)))
        #expect(result.ending == .stalled(seconds: 0.5))
    }

    /// The pauses leave a busy machine ten times their length before they count.
    @Test(
        "output or work is life",
        arguments: [
            ("for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo; sleep 0.3; done", 3),
            ("for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo >&2; sleep 0.3; done", 3),
            ("i=0; while [ $i -lt 3000000 ]; do i=$((i+1)); done", 1),
        ])
    func alive(_ script: String, _ stallSeconds: Double) async throws {
        let limits = ProcessLimits(stallSeconds: stallSeconds)
        #expect(try await Rig.shell().attempt(Rig.script(script, limits: limits)).ending == .exited(0))
    }

    @Test("CPU time has a limit; the input is to blame, not the machine")
    func cpuTime() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await Rig.shell().run(
                Rig.script("while :; do :; done", limits: ProcessLimits(cpuSeconds: 1, stallSeconds: 60)))
        }
        #expect(failure?.status == .failed)
        #expect(failure?.what == "ffmpeg used more CPU time than it may")
    }

    @Test("a tool that ignores the warning about its CPU time is ended all the same")
    func stubbornCPUTime() async throws {
        let result = try await Rig.shell().attempt(
            Rig.script("trap '' XCPU; while :; do :; done", limits: ProcessLimits(cpuSeconds: 1, stallSeconds: 60)))
        #expect(result.ending == .signalled(9))
        #expect(result.cpuSeconds < 4)
    }

    @Test("the size of a file has a limit")
    func fileSize() async throws {
        try await TestFolder.with { folder in
            let limits = ProcessLimits(fileBytes: 1 << 20, stallSeconds: 60)
            let failure = await #expect(throws: Failure.self) {
                try await Rig.shell().run(
                    Rig.script("exec head -c 3000000 /dev/zero > big", limits: limits, folder: folder.path))
            }
            #expect(failure?.status == .failed)
            #expect(failure?.what == "ffmpeg wrote a larger file than it may")
            let written = try folder.data("big").count
            #expect(written <= 1 << 20)
        }
    }

    @Test("memory has a limit")
    func memory() async throws {
        let script = "exec dd if=/dev/zero of=/dev/null bs=512M count=1"
        let limits = ProcessLimits(memoryBytes: 256 << 20, stallSeconds: 60)
        let result = try await Rig.shell().attempt(Rig.script(script, limits: limits))
        #expect(!result.succeeded)
        #expect(try await Rig.shell().attempt(Rig.script("exit 0", limits: limits)).succeeded)
    }

    @Test(
        "a full disk is named, whatever the exit code",
        arguments: ["No space left on device", "Disk quota exceeded"])
    func fullDisk(_ words: String) async {
        let script = "echo 'av_interleaved_write_frame(): \(words)' >&2; echo 'Conversion failed!' >&2; exit 228"
        let failure = await #expect(throws: Failure.self) { try await Rig.shell().run(Rig.script(script)) }
        #expect(failure?.status == .failed)
        #expect(failure?.what == "the disk is full")
        #expect(failure?.detail.contains(words) == true)
    }

    @Test("a signal from outside is temporary", arguments: [("KILL", 9), ("SEGV", 11), ("TERM", 15), ("ABRT", 6)])
    func signals(_ name: String, _ number: Int) async {
        let failure = await #expect(throws: Failure.self) {
            try await Rig.shell().run(Rig.script("kill -\(name) $$; sleep 5"))
        }
        #expect(failure?.status == .temporary)
        #expect(failure?.what == "ffmpeg was ended by signal \(number)")
    }
}
