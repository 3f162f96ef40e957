import Foundation

/// Work that several threads do together.
protocol SharedWork: AnyObject, Sendable {
    /// Called once on each thread; returns when nothing is left to do.
    func work()
}

/// A few threads that stay, so that a frame's work does not wait for threads to be made.
final class ThreadTeam: @unchecked Sendable {
    // Unchecked: `round` guards all that changes.

    /// Threads that work, the caller's own among them.
    let size: Int
    private let round = NSCondition()
    private var current: (any SharedWork)?
    private var number = 0
    private var busy = 0
    private var isOver = false
    private var cpu = 0.0

    init(threads: Int) {
        size = max(1, threads)
    }

    /// Starts the threads; they end with `dismiss`.
    func start() {
        for _ in 1..<size {
            let thread = Thread { [self] in serve() }
            thread.name = "mezz-score"
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    func dismiss() {
        round.withLock {
            isOver = true
            round.broadcast()
        }
    }

    /// Does `work` on all threads and returns when all have left it.
    func run(_ work: any SharedWork) {
        guard size > 1 else { return work.work() }
        round.withLock {
            current = work
            number += 1
            busy = size - 1
            round.broadcast()
        }
        work.work()
        round.withLock {
            while busy > 0 { round.wait() }
            current = nil
        }
    }

    /// CPU seconds of the team's own threads so far; the caller's are not among them.
    var cpuSeconds: Double { round.withLock { cpu } }

    private func serve() {
        var seen = 0
        var before = 0.0
        while let work = next(after: &seen) {
            work.work()
            let now = ThreadClock.cpuSeconds
            round.withLock {
                cpu += now - before
                before = now
                busy -= 1
                if busy == 0 { round.broadcast() }
            }
        }
    }

    private func next(after seen: inout Int) -> (any SharedWork)? {
        round.withLock {
            while !isOver, number == seen { round.wait() }
            seen = number
            return isOver ? nil : current
        }
    }
}
