import Foundation
import MezzQueuePostgres
import MezzTestKit
import MezzWorkflow
import Testing

@Suite(
    "Terms that change",
    .enabled(if: PostgresPrograms.installed != nil, Comment(rawValue: PostgresPrograms.absence)))
struct ChangingTermsTests {
    private let job = JobID("job")

    @Test("while workers settle leave every task where it belongs")
    func keepsTheLineInOrder() async throws {
        let server = try PostgresServer.shared()
        let address = try server.makeDatabase()
        let queue = try await PostgresQueue(address: address, connections: 12)
        let tasks = (0..<100).flatMap { chain in
            (0..<5).map { step in
                TaskRequest(
                    name: "\(chain)/\(step)", kind: "kind \(step % 2)",
                    after: step == 0 ? [] : ["\(chain)/\(step - 1)"],
                    slots: 1 + chain % 2)
            }
        }
        try await queue.submit(job, tasks)
        let changing = Task {
            var round = 0
            while !Task.isCancelled {
                round += 1
                try await queue.submit(job, [], on: Self.terms(round))
            }
            // The last terms let everything out.
            try await queue.submit(job, [])
            return round
        }
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<8 { group.addTask { try await work("\(worker)", on: queue, until: 450) } }
            return try await group.reduce(0, +)
        }
        changing.cancel()
        let rounds = try await changing.value
        try TableAudit(server: server, address: address).check("after \(rounds) changes")
        let rest = try await work("last", on: queue, until: 500)
        #expect(rounds > 5)
        #expect(done + rest == 500)
        #expect(try await queue.status(of: job).state == .succeeded)
        try TableAudit(server: server, address: address).check("at the end")
        queue.close()
    }

    private static func terms(_ round: Int) -> JobTerms {
        JobTerms(
            priorityClass: PriorityClass.allCases[round % 3],
            deadline: round % 2 == 0 ? nil : Date().addingTimeInterval(Double(round)),
            notBefore: round % 5 == 0 ? Date().addingTimeInterval(0.05) : nil,
            key: round % 4 == 0 ? nil : ExclusiveKey(name: "key \(round % 3)", limit: 3 + round % 4))
    }

    /// Tasks that this worker settled, until the job has `number` done.
    private func work(_ name: String, on queue: PostgresQueue, until number: Int) async throws -> Int {
        var done = 0
        while try await queue.status(of: job).counts.done < number {
            guard let task = try await queue.lease(WorkerOffer(worker: name), job: nil, for: .seconds(600)) else {
                try await queue.waitForWork(atMost: .milliseconds(50))
                continue
            }
            if task.attempt == 1, task.request.name.hasSuffix("7/2") {
                try await queue.settle(task, as: .released)
            } else {
                try await queue.settle(task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
                done += 1
            }
        }
        return done
    }
}
