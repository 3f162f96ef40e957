import Foundation

/// What tools say of their failures.
enum ToolWords {
    /// A line without the names and addresses that FFmpeg puts before it: they differ from run to run.
    static func plain(_ line: some StringProtocol) -> String {
        guard line.hasPrefix("["), let end = line.range(of: "] ", options: .backwards) else { return String(line) }
        return String(line[end.upperBound...])
    }
}
