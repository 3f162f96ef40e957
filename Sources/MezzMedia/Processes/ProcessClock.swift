import Foundation
import Glibc

/// Reads what the kernel accounts to a process from `/proc/PID/stat` (proc(5)).
enum ProcessClock {
    /// CPU seconds (user and system) used so far by the process and its reaped children, and its state letter;
    /// `nil` once it is gone.
    static func read(_ pid: pid_t) -> (cpuSeconds: Double, state: Character)? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        // The second field is the program's name in parentheses and may hold anything, spaces too.
        guard let close = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: close)...].split(separator: " ")
        guard fields.count > 14, let state = fields[0].first else { return nil }
        let ticks = fields[11...14].reduce(0.0) { $0 + (Double($1) ?? 0) }
        return (ticks / Double(sysconf(Int32(_SC_CLK_TCK))), state)
    }
}
