import Foundation
import Glibc
import Synchronization

/// Shows on standard error how far a measurement is: one line that is redrawn on a terminal, plain lines elsewhere.
final class VMAFProgress: Sendable {
    private struct State {
        var started = Date()
        var total: Int?
        var label = ""
        var lastDraw = Date()
        var isLineOpen = false
    }

    private let state = Mutex(State())
    private let isTerminal: Bool

    /// Seconds between two redraws of the live line, and between two plain lines.
    private static let redraw = 0.2
    private static let plain = 10.0

    init() {
        isTerminal = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Begins a pass over the frames.
    func begin(_ label: String, total: Int?) {
        state.withLock { state in
            state.started = Date()
            state.total = total
            state.label = label
            state.lastDraw = isTerminal ? .distantPast : Date()
        }
    }

    func advance(to frame: Int) {
        let now = Date()
        state.withLock { state in
            guard now.timeIntervalSince(state.lastDraw) >= (isTerminal ? Self.redraw : Self.plain) else { return }
            state.lastDraw = now
            let text = Self.text(state, frame, now)
            if isTerminal {
                Output.write("\r\u{1B}[2K  \(text)", to: .standardError)
                state.isLineOpen = true
            } else {
                Output.error(text)
            }
        }
    }

    /// Writes a line above the live one.
    func note(_ text: String) {
        state.withLock { state in
            Self.clear(&state)
            Output.error(text)
        }
    }

    /// Ends the live line.
    func finish() { state.withLock { Self.clear(&$0) } }

    private static func clear(_ state: inout State) {
        guard state.isLineOpen else { return }
        Output.write("\r\u{1B}[2K", to: .standardError)
        state.isLineOpen = false
    }

    private static func text(_ state: State, _ frame: Int, _ now: Date) -> String {
        let seconds = now.timeIntervalSince(state.started)
        var parts = ["\(state.label) \(frame)" + (state.total.map { "/\($0)" } ?? "")]
        guard seconds > 0.5, frame > 0 else { return parts[0] }
        let rate = Double(frame) / seconds
        parts.append(String(format: rate < 10 ? "%.1f frames/s" : "%.0f frames/s", rate))
        if let total = state.total, total > frame { parts.append("ETA " + clock(Double(total - frame) / rate)) }
        return parts.joined(separator: " · ")
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e8).rounded())
        let tail = String(format: "%02d", whole % 60)
        return whole >= 3600
            ? "\(whole / 3600):" + String(format: "%02d", whole / 60 % 60) + ":" + tail : "\(whole / 60):" + tail
    }
}
