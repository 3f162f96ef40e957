import FoundationEssentials
import MezzCore
package import MezzWorkflow

/// Takes in what is uploaded to a bucket: waits at the queue that the bucket's events go to, and hands each on.
///
/// A message is removed when everything it tells of was taken, and not before; until then it is held. What fails, and
/// what nobody understands, stays in the queue and comes again, and the queue's own redrive policy sets it aside after so
/// many times. So an upload is told of at least once: taking it must be idempotent. Submitting a job is, when its name
/// follows from the bucket, the key and the version: the queue of tasks keeps the first and ignores the others.
package struct QueueIntake: Sendable {
    private let queue: MessageQueue
    private let holding: Int
    private let clock: any WorkClock
    private let take: @Sendable (UploadEvent) async throws -> Void
    private let observer: @Sendable (IntakeEvent) -> Void

    /// - Parameters:
    ///   - holding: Seconds for which a message is held at first, 5 to 43200, and extended by as long as taking it
    ///     lasts: what another intake waits for after this one died.
    ///   - take: Called for one upload after the other.
    package init(
        queue: MessageQueue, holding: Int = 120, clock: any WorkClock = SystemWorkClock(),
        observer: @escaping @Sendable (IntakeEvent) -> Void = { _ in },
        take: @escaping @Sendable (UploadEvent) async throws -> Void
    ) {
        self.queue = queue
        self.holding = min(max(holding, 5), 43200)
        self.clock = clock
        self.take = take
        self.observer = observer
    }

    /// Takes in until the calling task is cancelled; a message being worked on then stays in the queue.
    /// - Throws: `Failure` (`unavailable`) when the client is missing, which no waiting mends; `CancellationError`.
    package func run() async throws {
        var refusals = 0
        while true {
            do {
                try await takeNext()
                refusals = 0
            } catch let failure as Failure where failure.status != .unavailable {
                refusals += 1
                let wait = Duration.seconds(min(300, 5 << min(refusals, 6)))
                observer(.refused(failure, retryAfter: wait))
                try await clock.sleep(until: clock.date(in: wait))
            }
        }
    }

    /// Waits for one message, twenty seconds at most, and takes it.
    /// - Returns: Whether there was one.
    /// - Throws: `Failure` when the queue cannot be used; `CancellationError`.
    @discardableResult
    package func takeNext() async throws -> Bool {
        // One at a time: further ones would be held while they wait for their turn.
        guard let message = try await queue.receive(atMost: 1, holding: holding).first else { return false }
        let uploads: [UploadEvent]
        do throws(UploadEventError) {
            uploads = try UploadMessage.uploads(in: Data(message.body.utf8))
        } catch {
            observer(.left(message: message.id, received: message.received, because: error.description))
            return true
        }
        let isTaken = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await hold(message) }
            defer { group.cancelAll() }
            return try await takeAll(uploads, of: message)
        }
        if isTaken {
            try await queue.delete(message)
            if uploads.isEmpty { observer(.ignored(message: message.id)) }
        }
        return true
    }

    private func takeAll(_ uploads: [UploadEvent], of message: HeldMessage) async throws -> Bool {
        for upload in uploads {
            do {
                try await take(upload)
                observer(.taken(upload))
            } catch {
                try Task.checkCancellation()
                observer(.left(message: message.id, received: message.received, because: String(describing: error)))
                return false
            }
        }
        return true
    }

    /// Holds the message for as long as the calling task is not cancelled.
    private func hold(_ message: HeldMessage) async {
        while true {
            do {
                try await clock.sleep(until: clock.date(in: .seconds(holding) / 3))
                try await queue.hold(message, for: holding)
            } catch is CancellationError {
                return
            } catch {
                // Held too briefly it is given out twice, which is harmless; the next try comes soon enough.
                if Task.isCancelled { return }
            }
        }
    }
}
