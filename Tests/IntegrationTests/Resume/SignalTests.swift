import Foundation
import Glibc
import MezzTestKit
import Testing

@Suite("An encode that is interrupted", .serialized, .timeLimit(.minutes(15)))
struct SignalTests {
    @Test(
        "stops its children, says how to resume, and resumes", .tags(.slow),
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func interrupted(signal: Int32, status: Int32) async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let command = ["encode", source, "-o", "out"] + KillTests.options
            let child = try mezz.start(command)
            try await waitForWork(of: child)
            child.send(signal)
            let end = try await child.end(within: 30)
            #expect(end.signal == nil)
            #expect(end.status == status)
            #expect(end.errorText.contains("Run the same command again to resume"), "\(end.errorText)")
            let isAlone = try await child.familyEnds(within: 1)
            #expect(isAlone, "\(child.family()) live on")
            Refusal(status: status, words: []).expectNoPackage(in: "out", of: folder)
            let again = try await mezz.run(command)
            #expect(again.status == 0, "\(again.errorText)")
            #expect(try folder.json("out/report.json")["qc"]["passed"].bool == true)
        }
    }

    @Test("ends at once at the second signal", .tags(.slow))
    func twice() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let child = try MezzProgram(in: folder).start(["encode", source, "-o", "out"] + KillTests.options)
            try await waitForWork(of: child)
            child.send(SIGINT)
            child.send(SIGTERM)
            let end = try await child.end(within: 10)
            #expect([130, 143].contains(end.status))
            let isAlone = try await child.familyEnds(within: 5)
            #expect(isAlone, "\(child.family()) live on")
        }
    }

    @Test("keeps its folder to itself while it runs", .tags(.slow))
    func locked() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let command = ["encode", source, "-o", "out"] + KillTests.options
            let child = try mezz.start(command)
            try await waitForWork(of: child)
            let second = try await mezz.run(command + ["--json"])
            let refusal = Refusal(status: 75, words: ["another mezz works in this folder", "wait until it ends"])
            refusal.expect(second, of: "out")
            try refusal.expectDocument(second)
            let first = try await child.end(within: MezzProgram.patience)
            #expect(first.status == 0, "\(first.errorText)")
        }
    }

    /// Waits until the frame index is done and an encoder or meter runs.
    private func waitForWork(of child: Child) async throws {
        let limit = ContinuousClock.now + .seconds(60)
        while !child.errorText.contains("index frames") || child.family().isEmpty {
            try #require(child.isRunning && ContinuousClock.now < limit, "\(child.errorText)")
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
