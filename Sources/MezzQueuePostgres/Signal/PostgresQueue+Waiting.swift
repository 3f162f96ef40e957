internal import FoundationEssentials
internal import MezzWorkflow

extension PostgresQueue {
    /// Returns at the next signal after the latest lease that found nothing, or when a lease or a delay ends or a job
    /// is let out, and after `duration` in any case. When the database cannot be asked, that is not told here but to
    /// the lease that follows.
    package func waitForWork(atMost duration: Duration) async throws {
        let heard = lastEmpty
        let end = time.date(in: duration)
        let time = time
        let moment = try? await perform(patience: .zero) { connection, _ -> Date? in
            guard let row = try connection.run(SweepStatements.next, [time.parameter]).first else { return nil }
            return try row.optional("moment").map { time.date($0, at: try row("now")) }
        }
        let until = min(end, moment.flatMap(\.self) ?? end)
        switch time {
        case .server:
            // What is due may be in other hands at the moment: then nobody shall ask for it without a pause.
            await signal.wait(beyond: heard, atMost: .seconds(max(0.05, until.timeIntervalSinceNow)))
        case .shared(let clock):
            await wait(beyond: heard, until: until, on: clock)
        }
        try Task.checkCancellation()
    }

    private func wait(beyond heard: Int, until date: Date, on clock: any WorkClock) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.signal.wait(beyond: heard, atMost: .seconds(1e9)) }
            // Cancellation ends the group all the same.
            group.addTask { try? await clock.sleep(until: date) }
            await group.next()
            group.cancelAll()
        }
    }
}
