import Foundation
import MezzQueuePostgres
import MezzTestKit
import MezzWorkflow
import Testing

@Suite(
    "The view of the demand",
    .enabled(if: PostgresPrograms.installed != nil, Comment(rawValue: PostgresPrograms.absence)))
struct DemandViewTests {
    private static let query = """
        SELECT class, kind, ready, ready_slots, running, running_slots, held FROM mezz.demand ORDER BY class, kind
        """

    @Test("tells ready, running and held tasks apart, with the slots they take")
    func tellsStands() async throws {
        let server = try PostgresServer.shared()
        let address = try server.makeDatabase()
        let queue = try await PostgresQueue(address: address)
        #expect(try server.run(Self.query, on: address).isEmpty)
        try await queue.submit(
            JobID("now"),
            (0..<3).map { TaskRequest(name: "\($0)", kind: "encode", slots: 4) }
                + [
                    TaskRequest(name: "probe", kind: "probe"),
                    TaskRequest(name: "later", kind: "probe", after: ["probe"]),
                ],
            on: JobTerms(priorityClass: .urgent))
        try await queue.submit(
            JobID("tomorrow"), [TaskRequest(name: "a", kind: "encode", slots: 2)],
            on: JobTerms(notBefore: Date().addingTimeInterval(86_400)))
        _ = try await queue.lease(WorkerOffer(worker: "w", kinds: ["encode"]), job: nil, for: .seconds(60))
        #expect(
            try server.run(Self.query, on: address) == """
                0|encode|2|8|1|4|0
                0|probe|1|1|0|0|0
                1|encode|0|0|0|0|1
                """)
        let depths = try await queue.depths()
        #expect(depths.map(\.kind) == ["encode", "probe", "encode"])
        #expect(depths.map(\.readySlots) == [8, 1, 0] && depths.map(\.held) == [0, 0, 1])
        queue.close()
    }
}
