/// A line of the renderer's standard error: "WARNING:ear:overload in channel 0; peak level was 9.0dBFS".
struct RendererLine {
    /// Without the words before the message.
    let text: String
    let isWarning: Bool
    /// dBFS; `nil` when the line tells of something else.
    let overload: Double?

    init(_ line: String) {
        let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        isWarning = parts.count == 3 && parts[0] == "WARNING" && parts[1] == "ear"
        text = parts.count == 3 ? String(parts[2]) : line
        guard isWarning, text.hasPrefix("overload in channel"), let last = text.split(separator: " ").last,
            last.hasSuffix("dBFS"), let level = Double(last.dropLast(4)), level.isFinite
        else {
            overload = nil
            return
        }
        overload = level
    }
}
