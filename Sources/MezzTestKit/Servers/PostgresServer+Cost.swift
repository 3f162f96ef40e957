import Foundation
import Glibc

extension PostgresServer {
    /// Processor seconds that all the server's processes have used so far. Unlike a rate they do not depend on what else
    /// the machine does.
    package func cpuSeconds() throws -> Double {
        guard let server = number else { return 0 }
        let children = try String(contentsOfFile: "/proc/\(server)/task/\(server)/children", encoding: .utf8)
            .split(separator: " ").compactMap { Int32($0) }
        // Of ended children their parent keeps the sum.
        let sum = children.reduce(ticks(of: server, ended: true)) { $0 + ticks(of: $1, ended: false) }
        return Double(sum) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Fields 14 to 17 of `/proc/PID/stat` (proc(5)): user and system time, then those of ended children.
    private func ticks(of process: Int32, ended: Bool) -> Int {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        let fields = text[end...].split(separator: " ").dropFirst().compactMap { Int($0) }
        // Field 3, the state, is no number, so the first here is field 4.
        guard fields.count > 13 else { return 0 }
        return fields[10..<(ended ? 14 : 12)].reduce(0, +)
    }
}

/// Processor seconds of this process and of its ended children.
package enum OwnCost {
    package static func seconds() -> (own: Double, children: Double) {
        (seconds(of: RUSAGE_SELF.number), seconds(of: RUSAGE_CHILDREN.number))
    }

    private static func seconds(of whom: __rusage_who_t) -> Double {
        var usage = rusage()
        getrusage(whom, &usage)
        return [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }.reduce(0, +)
    }
}

extension __rusage_who {
    fileprivate var number: __rusage_who_t { __rusage_who_t(rawValue) }
}
