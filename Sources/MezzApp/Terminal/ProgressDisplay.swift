import Dispatch
import Foundation
import Glibc
import MezzCore
import MezzWorkflow
import Synchronization

/// Shows a job's progress on standard error: one line that is redrawn on a terminal, plain lines elsewhere.
final class ProgressDisplay: Sendable {
    private struct State {
        var board = ProgressBoard()
        var announced: Set<String> = []
        var lastDraw = Date.distantPast
        var isLineOpen = false
    }

    private let state = Mutex(State())
    private let isTerminal: Bool
    private let started = Date()

    /// Seconds between two redraws of the live line, and between two plain lines.
    private static let redraw = 0.2
    private static let plain = 10.0

    init() {
        isTerminal = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    func take(_ event: WorkflowEvent) {
        let now = Date()
        state.withLock { state in
            state.board.take(event, at: now)
            for notice in state.board.takeNotices() { say(notice.printable, &state) }
            announceFinished(&state)
            let pause = isTerminal ? Self.redraw : Self.plain
            guard now.timeIntervalSince(state.lastDraw) >= pause else { return }
            state.lastDraw = now
            draw(&state, now)
        }
    }

    /// Ends the live line.
    func finish() {
        state.withLock { state in
            announceFinished(&state)
            clear(&state)
        }
    }

    /// Writes a line above the live one.
    func note(_ text: String) { state.withLock { say(text, &$0) } }

    private func announceFinished(_ state: inout State) {
        for (kind, title) in StageNames.order where state.board.isSettled(kind) {
            guard let stage = state.board.stages[kind] else { continue }
            let key = "\(kind) \(stage.total)"
            guard state.announced.insert(key).inserted, stage.firstSeen != nil else { continue }
            say(Self.summary(title, stage), &state)
        }
    }

    private static func summary(_ title: String, _ stage: ProgressBoard.StageState) -> String {
        let name = title + String(repeating: " ", count: max(1, 17 - title.count))
        let tasks = stage.total == 1 ? "1 task" : "\(stage.total) tasks"
        let reused = stage.cached > 0 ? ", \(stage.cached) reused" : ""
        return "✓ \(name)\(tasks)\(reused), \(tenths(stage.cpuSeconds)) CPU s"
    }

    private func draw(_ state: inout State, _ now: Date) {
        guard let kind = state.board.active.last, let title = StageNames.title(kind) else { return }
        let stage = state.board.stages[kind]
        var parts = ["\(title) \(stage?.done ?? 0)/\(stage?.total ?? 0)"]
        if let rate = state.board.framesPerSecond, rate >= 0.5 { parts.append("\(Int(rate.rounded())) frames/s") }
        if let seconds = state.board.remainingSeconds(of: kind, at: now) { parts.append("ETA \(Self.clock(seconds))") }
        parts.append("\(Self.clock(now.timeIntervalSince(started))) elapsed")
        let text = parts.joined(separator: " · ")
        if isTerminal {
            Output.write("\r\u{1B}[2K  \(text)", to: .standardError)
            state.isLineOpen = true
        } else {
            Output.error(text)
        }
    }

    private func say(_ text: String, _ state: inout State) {
        clear(&state)
        Output.error(text)
    }

    private func clear(_ state: inout State) {
        guard state.isLineOpen else { return }
        Output.write("\r\u{1B}[2K", to: .standardError)
        state.isLineOpen = false
    }

    static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        let rest = whole % 60
        let tail = (rest < 10 ? "0" : "") + String(rest)
        return whole >= 3600
            ? "\(whole / 3600):\(whole / 60 % 60 < 10 ? "0" : "")\(whole / 60 % 60):\(tail)" : "\(whole / 60):\(tail)"
    }

    private static func tenths(_ value: Double) -> String { String((value * 10).rounded() / 10) }
}
