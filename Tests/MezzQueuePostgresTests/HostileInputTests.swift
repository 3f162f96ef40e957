import Foundation
import MezzCore
import MezzQueuePostgres
import MezzTestKit
import MezzWorkflow
import Testing

@Suite(
    "What is handed to the PostgreSQL queue",
    .enabled(if: PostgresPrograms.installed != nil, Comment(rawValue: PostgresPrograms.absence)))
struct HostileInputTests {
    @Test(
        "stays data in names, kinds, workers and jobs",
        arguments: [
            "'; DROP TABLE mezz.tasks; --", "\"{a,b}\\\" NULL $1 %s", "\u{1}\n\t\u{7F}", "ä\u{1F3AC}\u{202E}", "",
            String(repeating: "x", count: 2_000),
        ])
    func keepsText(_ text: String) async throws {
        let queue = try await PostgresQueue(address: PostgresServer.shared().makeDatabase())
        let job = JobID(text)
        let requests = [
            TaskRequest(name: text, kind: text), TaskRequest(name: text + "2", kind: text, after: [text, text]),
        ]
        try await queue.submit(job, requests)
        #expect(try await queue.tasks(of: job).map(\.request) == requests)
        let task = try #require(
            try await queue.lease(WorkerOffer(worker: text, kinds: [text, "other"]), job: nil, for: .seconds(60)))
        #expect(task.request == requests[0] && task.worker == text && task.job == job)
        try await queue.settle(task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
        #expect(try await queue.status(of: job).kinds[text]?.done == 1)
        queue.close()
    }

    @Test("is refused whole when a name holds a NUL character")
    func refusesNUL() async throws {
        let queue = try await PostgresQueue(address: PostgresServer.shared().makeDatabase())
        let job = JobID("job")
        try await queue.submit(job, [TaskRequest(name: "a", kind: "work")])
        let refused = [TaskRequest(name: "b", kind: "work"), TaskRequest(name: "c\0", kind: "work")]
        await #expect {
            try await queue.submit(job, refused)
        } throws: { error in
            if case QueueError.broken(let detail) = error { detail.contains("NUL") } else { false }
        }
        #expect(try await queue.tasks(of: job).map(\.request.name) == ["a"])
        queue.close()
    }

    @Test("comes back byte for byte: megabytes, NUL bytes, nothing at all")
    func keepsBytes() async throws {
        let queue = try await PostgresQueue(address: PostgresServer.shared().makeDatabase())
        let job = JobID("job")
        let megabyte = Data((0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        try await queue.submit(
            job,
            [
                TaskRequest(name: "a", kind: "work", parameters: megabyte),
                TaskRequest(name: "b", kind: "work", parameters: Data(), after: ["a"]),
            ])
        let first = try #require(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)))
        #expect(first.request.parameters == megabyte)
        let identity = ContentHash.of(megabyte)
        let outcome = TaskOutcome(output: megabyte)
        try await queue.settle(first, as: .succeeded(outcome, identity: identity, cached: false))
        let second = try #require(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)))
        #expect(second.inputs == [TaskInput(name: "a", output: megabyte, artifacts: [])])
        #expect(second.request.parameters.isEmpty)
        #expect(try await queue.result(for: identity) == outcome)
        queue.close()
    }

    @Test(
        "never shows a password in an error",
        arguments: [
            "postgres://user:topsecret@127.0.0.1:1/none", "postgres://user:topsecret@[::1/none",
            "postgres://user:topsecret@127.0.0.1:99999999/none", "password=topsecret host=127.0.0.1 port=1 'broken",
            "postgres://user:top\0secret@127.0.0.1/none",
        ])
    func hidesPasswords(_ address: String) async throws {
        await #expect {
            try await PostgresQueue(address: address, patience: .milliseconds(50))
        } throws: { error in
            !"\(error)".contains("secret") && error is QueueError
        }
    }

    @Test("gets a remedy when the database does not exist")
    func namesMissingDatabase() async throws {
        let address = try PostgresServer.shared().makeDatabase() + "_not"
        await #expect {
            try await PostgresQueue(address: address)
        } throws: { error in
            if case QueueError.broken(let detail) = error { detail.contains("createdb") } else { false }
        }
    }
}
