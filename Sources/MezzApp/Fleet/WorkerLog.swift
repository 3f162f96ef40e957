import Foundation
import MezzCore
import MezzFleet
import MezzWorkflow

/// What a worker says while it works: a line for each task that ends, on standard error.
struct WorkerLog: Sendable {
    func take(_ event: WorkerEvent) {
        guard let text = Self.text(event) else { return }
        Output.error("\(Date().formatted(.iso8601)) \(text)")
    }

    static func text(_ event: WorkerEvent) -> String? {
        switch event {
        case .task(let task, let change):
            return text(change).map { "\(task.job) \(task.request.name.printable): \($0)" }
        case .queueFailed(let error, let wait):
            return "\(error)" + (wait > .zero ? "; trying again in \(wait.components.seconds) s" : "")
        case .diskLow(let free): return "no task is taken while only \(free) MiB of disk are free"
        case .draining(let running): return "draining: \(running) running"
        }
    }

    private static func text(_ change: WorkflowEvent.Change) -> String? {
        switch change {
        case .leased, .progress: nil
        case .settled(cached: true, _): "found"
        case .settled(_, let usage):
            String(format: "done, %.1f CPU s in %.1f s", usage.cpuSeconds, usage.wallSeconds)
        case .failed(let failure): "failed: \(failure.what): \(failure.place.printable)"
        case .retried(let failure, let delay):
            "failed: \(failure.what): \(failure.place.printable); again in \(delay.components.seconds) s"
        case .childrenAdded(let number): "decided on \(number) tasks"
        case .released: "handed back"
        case .leaseLost: "given to somebody else: discarded"
        }
    }

    static func text(_ summary: WorkerSummary) -> String {
        "\(summary.done) done, \(summary.found) found, \(summary.failed) failed, \(summary.released) handed back, "
            + "\(summary.lost) discarded"
    }
}

/// The summary for programs.
struct WorkerSummaryDocument: Encodable {
    let done: Int
    let found: Int
    let failed: Int
    let released: Int
    let lost: Int

    init(_ summary: WorkerSummary) {
        done = summary.done
        found = summary.found
        failed = summary.failed
        released = summary.released
        lost = summary.lost
    }
}
