import Foundation
import MezzWorkflow
import Synchronization

/// What is known of a running job's progress, from the engine's events.
struct ProgressBoard {
    struct StageState {
        var done = 0
        var total = 0
        var cached = 0
        var firstSeen: Date?
        var cpuSeconds = 0.0
    }

    private(set) var stages: [String: StageState] = [:]
    private var running: [String: (kind: String, fraction: Double, frames: Int)] = [:]
    private var framesDone = 0
    private var recent: [(at: Date, frames: Int)] = []
    private(set) var notices: [String] = []

    mutating func take(_ event: WorkflowEvent, at now: Date) {
        for (kind, counts) in event.totals {
            stages[kind, default: StageState()].done = counts.done
            stages[kind, default: StageState()].total = counts.total
        }
        switch event.change {
        case .leased:
            running[event.task] = (event.kind, 0, 0)
            if stages[event.kind]?.firstSeen == nil { stages[event.kind, default: StageState()].firstSeen = now }
        case .progress(let progress): advance(event, progress, now)
        case .settled(let cached, let usage):
            running[event.task] = nil
            if cached { stages[event.kind, default: StageState()].cached += 1 }
            if !cached { stages[event.kind, default: StageState()].cpuSeconds += usage.cpuSeconds }
        case .failed(let failure):
            running[event.task] = nil
            notices.append("\(event.task) failed: \(failure.what)")
        case .retried(let failure, let delay):
            running[event.task] = nil
            notices.append("\(event.task) is tried again in \(delay.components.seconds) s: \(failure.what)")
        case .released, .leaseLost: running[event.task] = nil
        case .childrenAdded: break
        }
    }

    private mutating func advance(_ event: WorkflowEvent, _ progress: TaskProgress, _ now: Date) {
        guard var state = running[event.task] else { return }
        if let frames = progress.frames {
            framesDone += max(0, frames - state.frames)
            state.frames = frames
        }
        state.fraction = progress.fraction ?? state.fraction
        running[event.task] = state
        recent.append((now, framesDone))
        recent.removeAll { now.timeIntervalSince($0.at) > 8 }
    }

    mutating func takeNotices() -> [String] {
        defer { notices = [] }
        return notices
    }

    /// Frames a second over the last seconds, all running tasks together.
    var framesPerSecond: Double? {
        guard let first = recent.first, let last = recent.last, last.at.timeIntervalSince(first.at) > 0.5 else {
            return nil
        }
        return Double(last.frames - first.frames) / last.at.timeIntervalSince(first.at)
    }

    /// The stages that run now, in the order of the work.
    var active: [String] {
        Set(running.values.map(\.kind)).sorted { StageNames.rank($0) < StageNames.rank($1) }
    }

    /// Tasks done, the running ones by their share.
    func progress(of kind: String) -> Double {
        Double(stages[kind]?.done ?? 0) + running.values.filter { $0.kind == kind }.reduce(0) { $0 + $1.fraction }
    }

    /// Seconds until the stage ends at its pace so far; `nil` until that says something.
    func remainingSeconds(of kind: String, at now: Date) -> Double? {
        guard let stage = stages[kind], let start = stage.firstSeen else { return nil }
        let fresh = progress(of: kind) - Double(stage.cached)
        let elapsed = now.timeIntervalSince(start)
        guard fresh > 0.05, elapsed > 1 else { return nil }
        return max(0, Double(stage.total) - progress(of: kind)) * elapsed / fresh
    }

    /// Whether the stage is complete and so is everything that could still add to it. Sound goes its own way.
    func isSettled(_ kind: String) -> Bool {
        let before = StageNames.order.map(\.kind).prefix { $0 != kind }.filter { $0 != "audio" && stages[$0] != nil }
        return isComplete(kind) && (kind == "audio" || before.allSatisfy(isComplete))
    }

    /// Whether every known task of the stage is done.
    func isComplete(_ kind: String) -> Bool {
        guard let stage = stages[kind] else { return false }
        return stage.total > 0 && stage.done == stage.total
    }
}
