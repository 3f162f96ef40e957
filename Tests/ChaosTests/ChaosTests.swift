import Foundation
import MezzTestKit
import Testing

@Suite("A fleet in chaos", .serialized, .timeLimit(.minutes(ChaosPlan.limit)))
struct ChaosTests {
    /// Minutes of faults tell more than any part of the usual run of the tests could; there, workers are killed and
    /// folders deleted in a run of their own.
    static let isAsked = ProcessInfo.processInfo.environment["MEZZ_CHAOS_MINUTES"] != nil
    static let isPossible = PostgresPrograms.installed != nil && MotoServer.isInstalled

    @Test(
        "loses nothing but time, and leaves nothing behind",
        .enabled(if: isAsked, "run by make chaos"),
        .enabled(if: isPossible, "\(PostgresPrograms.absence); \(MotoServer.absence)"))
    func losesNothing() async throws {
        let plan = ChaosPlan.asked
        print("chaos: seed \(plan.seed), \(plan.seconds) s of faults")
        try await TestFolder.with { folder in
            guard await SmallDisk.isAvailable() else {
                print("chaos: no disk can be mounted here, so none is filled")
                return try await ChaosRun(plan, in: folder).run(hasSmallDisk: false)
            }
            try await SmallDisk.with(kilobytes: 400 << 10, in: folder) { _ in
                try await ChaosRun(plan, in: folder).run(hasSmallDisk: true)
            }
        }
    }
}
